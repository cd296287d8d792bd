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
    head
    filter
    listToAttrs
    map
    match
    toString
    ;

  inherit (import ../units.nix) described;

  inherit (import ./flags.nix platform)
    debugArguments
    dependencies
    optional
    targetArguments
    underscored
    unitSeparator
    upper
    ;

  # The environment of build scripts that follows from the target alone: CARGO_CFG_*, as rustc says and never written by hand.
  facts =
    target: rustflags: environment:
    if rustflags == [ ] && environment == [ ] && plainFacts ? ${target} then
      plainFacts.${target}
    else
      factsWith environment rustflags target;
  # made once for all packages
  plainFacts = builtins.mapAttrs (target: _: factsWith [ ] [ ] target) (
    platform.targets or { } // { ${platform.rustc.host} = null; }
  );
  factsWith =
    environment: rustflags: target:
    platform.mkDerivation {
      name = "rust-target-${target}";
      script = ./target-facts.bash;
      query = (if environment == [ ] then [ ] else [ "env" ] ++ environment) ++ [
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
  inherit (package) crate;
  needed = dependencies (crate.buildExterns or { });
  # By any name: the file's without its last extension, as Rust's Path::file_stem has it.
  buildBase = baseNameOf crate.build;
  buildStem = match "(.+)\\.[^.]*" buildBase;
  buildName = "build-script-${if buildStem == null then buildBase else head buildStem}";
  buildHash = package.short "${package.label} ${toString package.features} build";
  buildFile = "${underscored buildName}-${buildHash}";
  buildArguments =
    outDir:
    package.arguments {
      name = buildName;
      path = crate.build;
      types = [ "bin" ];
      profile = crate.hostProfile or { };
      lto = "object";
      hash = buildHash;
      forHost = true;
      externs = needed.arguments;
      inherit outDir;
    };
  buildProgram = described aboutBuildProgram (compile {
    name = "rust-${package.label}-build-script";
    unit = "`${crate.crateName}` (build script)";
    arguments = buildArguments (placeholder "out");
    environment = package.unitEnvironment buildName;
    dependencies = needed.libraries;
    buildScript = "";
    binary = buildName;
    isBuildScript = true;
  });
  aboutBuildProgram = package.about (attrValues (crate.buildExterns or { })) {
    part = "script";
    # It runs on the machine that builds.
    target = null;
  };
  # What is not the user's own is not edited, so the library's derivation runs the build script. Else the run has one of its own, which no edit of what
  # the library alone needs repeats.
  isWhole = package.hasLibrary && !package.local;
  runFolder = if isWhole then "${placeholder "out"}/build-script" else placeholder "out";
  # The run compiles the script, too, unless other runs need the program.
  program =
    if crate.runsOnce or false then
      {
        executable = "${runFolder}/${buildFile}";
        scriptArguments = buildArguments runFolder;
        scriptDependencies = needed.libraries;
        scriptEnvironment = package.unitEnvironment buildName;
        scriptFolder = package.compiledFrom;
      }
    else
      { executable = "${buildProgram}/${buildFile}"; };
  isOverridden = crate ? scriptOutput;
  usedByRun =
    if isOverridden then
      [ ]
    else if crate.runsOnce or false then
      attrValues (crate.buildExterns or { })
    else
      [ buildProgram ];
  run = if isOverridden then overridden else reads // program // ran;
  # What reads a script's output.
  reads = {
    readOutput = ./script-output.bash;
    buildScript = runFolder;
    package = crate.crateName;
    inherit (crate) version;
    isLocal = package.local;
    packageBinaries = map (bin: bin.name) (crate.crateBin or [ ]);
    hasCdylib = elem "cdylib" package.types;
    oldRust =
      let
        minimum = crate.rust-version or "1.77";
      in
      if compareVersions minimum "1.77" < 0 then minimum else "";
  };
  # Cargo's configuration has the output. Cargo checks less of it.
  overridden = reads // {
    runBuildScript = ./script-override.bash;
    isLocal = false;
    oldRust = "";
    scriptOutput = crate.scriptOutput.directives;
  };
  ran = {
    runBuildScript = ./build-script.bash;
    facts = facts package.ownTarget package.rustflags package.compilerEnvironment;
    # the metadata of direct dependencies that link a native library: DEP_<links>_<key>
    linked = listToAttrs (
      map (library: {
        name = upper library.links;
        value = library.buildScript;
      }) (filter (library: library ? links) (attrValues (crate.externs or { })))
    );
    runEnvironment =
      package.packageEnvironment
      ++ map (feature: "CARGO_FEATURE_${upper feature}=1") package.features
      ++ [
        "CARGO_CFG_FEATURE=${concatStringsSep "," package.features}"
        "CARGO_ENCODED_RUSTFLAGS=${concatStringsSep unitSeparator package.rustflags}"
        "DEBUG=${if debugArguments package.profile != [ ] then "true" else "false"}"
        "HOST=${platform.rustc.host}"
        "OPT_LEVEL=${package.profile.optLevel or "0"}"
        "OUT_DIR=${runFolder}/out"
        "PROFILE=${package.profile.root or "release"}"
        "RUSTC=${platform.rustc.path}"
        "RUSTDOC=rustdoc"
        "TARGET=${package.ownTarget}"
      ]
      ++ optional (package.linker != null) "RUSTC_LINKER=${package.linker}"
      ++ package.unlessForced (package.tools.environment or [ ])
      ++ optional (package.profile.debugAssertions or false) "CARGO_CFG_DEBUG_ASSERTIONS="
      ++ optional (crate ? links) "CARGO_MANIFEST_LINKS=${crate.links}";
  };
  # the run, where it is a derivation of its own
  scriptRun = optional (!isWhole) buildScript;
  buildScript =
    if isWhole then
      "${library}/build-script"
    else
      described
        (package.about (usedByRun ++ (if isOverridden then [ ] else attrValues (crate.externs or { }))) {
          part = "script-run";
          script = "";
        })
        (
          compile (
            run
            // {
              name = "rust-${package.label}-build";
              workspace = package.folder;
            }
          )
        );
in
{
  inherit
    buildScript
    isWhole
    run
    scriptRun
    usedByRun
    ;
}
