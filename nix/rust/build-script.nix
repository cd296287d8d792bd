# The build script of a crate: compiled once for host and target, run for each.
#
#     import ./build-script.nix platform { package; compile; library; }
#
# `package` is what package.nix says of the crate, `compile` makes a derivation on its files, and `library` is its library's.
platform:
let
  inherit (builtins)
    attrValues
    compareVersions
    concatStringsSep
    elem
    elemAt
    filter
    listToAttrs
    map
    match
    toString
    ;

  inherit (import ../units.nix) described;

  inherit (import ./flags.nix platform)
    debugArguments
    optional
    targetArguments
    underscored
    unitSeparator
    upper
    ;

  # The environment of build scripts that follows from the target alone: CARGO_CFG_*, as rustc says and never written by hand.
  facts =
    target: rustflags:
    platform.mkDerivation {
      name = "rust-target-${target}";
      script = ./target-facts.bash;
      query = [
        platform.rustc.path
        "--print"
        "cfg"
      ]
      ++ targetArguments target
      ++ rustflags;
    };
in
{
  package,
  compile,
  library,
}:
let
  inherit (package)
    about
    arguments
    compiledFrom
    crate
    crateName
    externList
    features
    folder
    hasLibrary
    label
    libraries
    linker
    local
    ownTarget
    packageEnvironment
    profile
    rustflags
    short
    tools
    types
    unitEnvironment
    version
    ;

  hasBuildScript = crate ? build;
  buildName = "build-script-${elemAt (match "(.*/)?([^/]*)\\.rs" crate.build) 1}";
  buildHash = short "${label} ${toString features} build";
  buildFile = "${underscored buildName}-${buildHash}";
  buildArguments =
    outDir:
    arguments {
      name = buildName;
      path = crate.build;
      types = [ "bin" ];
      profile = crate.hostProfile or { };
      lto = "object";
      hash = buildHash;
      forHost = true;
      externs = externList (crate.buildExterns or { });
      inherit outDir;
    };
  buildProgram = described aboutBuildProgram (compile {
    name = "rust-${label}-build-script";
    unit = "`${crateName}` (build script)";
    arguments = buildArguments (placeholder "out");
    environment = unitEnvironment buildName;
    dependencies = libraries (crate.buildExterns or { });
    buildScript = "";
    binary = buildName;
    isBuildScript = true;
  });
  aboutBuildProgram = about (attrValues (crate.buildExterns or { })) {
    part = "script";
    # It runs on the machine that builds.
    target = null;
  };
  # What is not the user's own is not edited, so the library's derivation runs the build script. Else the run has one of its own, which no edit of what
  # the library alone needs repeats.
  isWhole = hasLibrary && !local;
  runFolder = if isWhole then "${placeholder "out"}/build-script" else placeholder "out";
  # The run compiles the script, too, unless other runs need the program.
  program =
    if crate.runsOnce or false then
      {
        executable = "${runFolder}/${buildFile}";
        scriptArguments = buildArguments runFolder;
        scriptDependencies = libraries (crate.buildExterns or { });
        scriptEnvironment = unitEnvironment buildName;
        scriptFolder = compiledFrom;
      }
    else
      { executable = "${buildProgram}/${buildFile}"; };
  usedByRun = if crate.runsOnce or false then attrValues (crate.buildExterns or { }) else [ buildProgram ];
  run = program // {
    runBuildScript = ./build-script.bash;
    buildScript = runFolder;
    package = crateName;
    inherit version;
    isLocal = local;
    packageBinaries = map (bin: bin.name) (crate.crateBin or [ ]);
    hasCdylib = elem "cdylib" types;
    oldRust =
      let
        minimum = crate.rust-version or "1.77";
      in
      if compareVersions minimum "1.77" < 0 then minimum else "";
    facts = facts ownTarget rustflags;
    # the metadata of direct dependencies that link a native library: DEP_<links>_<key>
    linked = listToAttrs (
      map (library: {
        name = upper library.links;
        value = library.buildScript;
      }) (filter (library: library ? links) (attrValues (crate.externs or { })))
    );
    runEnvironment =
      packageEnvironment
      ++ map (feature: "CARGO_FEATURE_${upper feature}=1") features
      ++ [
        "CARGO_CFG_FEATURE=${concatStringsSep "," features}"
        "CARGO_ENCODED_RUSTFLAGS=${concatStringsSep unitSeparator rustflags}"
        "DEBUG=${if debugArguments profile != [ ] then "true" else "false"}"
        "HOST=${platform.rustc.host}"
        "OPT_LEVEL=${profile.optLevel or "0"}"
        "OUT_DIR=${runFolder}/out"
        "PROFILE=${profile.root or "release"}"
        "RUSTC=${platform.rustc.path}"
        "RUSTDOC=rustdoc"
        "TARGET=${ownTarget}"
      ]
      ++ optional (linker != null) "RUSTC_LINKER=${linker}"
      ++ tools.environment or [ ]
      ++ optional (profile.debugAssertions or false) "CARGO_CFG_DEBUG_ASSERTIONS="
      ++ optional (crate ? links) "CARGO_MANIFEST_LINKS=${crate.links}";
  };
  # the run, where it is a derivation of its own
  scriptRun = optional (hasBuildScript && !isWhole) buildScript;
  buildScript =
    if isWhole then
      "${library}/build-script"
    else
      described
        (about (usedByRun ++ attrValues (crate.externs or { })) {
          part = "script-run";
          script = "";
        })
        (
          compile (
            run
            // {
              name = "rust-${label}-build";
              workspace = folder;
            }
          )
        );
in
{
  inherit
    buildScript
    hasBuildScript
    isWhole
    run
    scriptRun
    usedByRun
    ;
}
