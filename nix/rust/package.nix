# What all units of a crate share: where its files are in a build, what derivations say of themselves, and the environment, the arguments and the
# dependencies that rustc is given.
#
#     import ./package.nix platform CRATE
platform:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    concatStringsSep
    elem
    filter
    hashString
    map
    match
    substring
    toString
    ;

  inherit (import ./flags.nix platform)
    assertionArguments
    crateTypeArguments
    debugArguments
    ltoArguments
    optional
    optionals
    procMacroArguments
    targetArguments
    top
    underscored
    ;
in
crate:
let
  inherit (crate) crateName version;
  label = "${crateName}-${version}";
  profile = crate.profile or { };
  target = crate.target or platform.rustc.host;
  # A proc-macro and a build script run inside the build; cargo compiles them for the host whatever the target.
  host = crate.host or false || crate.procMacro or false;
  ownTarget = if host then platform.rustc.host else target;
  features = crate.features or [ ];
  tools = platform.targets.${ownTarget} or { };
  # cargo's configuration's, for this package's units but a build script that is compiled for another machine than they
  rustflags = crate.rustflags or [ ] ++ tools.rustflags or [ ];
  # Cargo's configuration wins over what a platform links with for another machine.
  hostLinker = crate.hostLinker or null;
  linker = if host then hostLinker else crate.linker or tools.linker or null;
  hasLibrary = crate ? libPath;
  libName = crate.libName or (underscored crateName);
  types = if crate.procMacro or false then [ "proc-macro" ] else crate.type or [ "lib" ];

  # --- the source ---------------------------------------------------------------------------------------------------------------------------------
  # cargo calls rustc in the workspace's root with relative paths for what lies inside it, otherwise in the package's folder with absolute ones.
  local = crate ? path;
  inWorkspace = local && match "\\.\\.(/.*)?" crate.path == null;
  tree = if inWorkspace then "${top}/source" else "${top}/${label}";
  folder =
    if inWorkspace && crate.path != "." then
      "${tree}/${crate.path}"
    else if crate ? folder then
      "${tree}/${crate.folder}"
    else
      tree;
  compiledFrom = if inWorkspace then tree else folder;
  sourcePath =
    path:
    if !inWorkspace then
      "${folder}/${path}"
    else if crate.path == "." then
      path
    else
      "${crate.path}/${path}";
  # One prefix leads to all that is the user's own, wherever it lies.
  virtual =
    if inWorkspace then
      "/rust/workspace"
    else if local then
      "/rust/workspace/${crate.path}"
    else
      "/rust/crates/${label}";
  # Links that lead out of the folder would lead to nothing in a build.
  links = crate.src.links or { };
  resolved =
    if links == { } then
      crate.src
    else
      platform.mkDerivation {
        name = "rust-${label}-source";
        script = ./resolve-links.bash;
        base = crate.src.outPath;
        common = ./common.bash;
        places = attrNames links;
        targets = attrValues links;
      };
  source = {
    src = resolved;
    # Laid out as a whole is a repository, as a package's files may lead to others beside it, and a workspace of whose files a member named some.
    folder = if inWorkspace && !(crate ? sources) then folder else tree;
    packageFolder = folder;
  }
  // (if crate.patches or [ ] == [ ] then { } else { inherit (crate) patches; })
  // configuration
  # of an override, for platforms whose builds have inputs
  // builtins.intersectAttrs {
    buildInputs = null;
    nativeBuildInputs = null;
  } crate;

  # --- what each derivation is, for nix/units.nix ----------------------------------------------------------------------------------------------------
  #
  #     part            what of the package it is
  #     name, kind      of a target of the package, such as a binary
  #     script          the directory of the output that holds what a build script made
  #     target          the triple of the machine that it is for, where that is another one than builds
  about = uses: unit: {
    unit = ofPackage // unit;
    uses = usedByAll ++ uses;
  };
  ofPackage = {
    ecosystem = "cargo";
    package = crateName;
    inherit version;
  }
  // (if ownTarget == platform.rustc.host then { } else { target = ownTarget; });
  # A directory of the user's own is not a derivation.
  usedByAll =
    optional (crate.src ? drvPath) {
      key = crate.src.drvPath;
      about = crate.src.about or { };
    }
    ++ optional (tools ? standardLibrary) tools.standardLibrary;

  # --- environment --------------------------------------------------------------------------------------------------------------------------------
  # What cargo's configuration sets. That is before all else, so that cargo's own variables win.
  variables = crate.configEnvironment or { };
  isForced = name: variables.${name}.force or false;
  written = name: "${name}=${variables.${name}.value or "${top}/source/${variables.${name}.path}"}";
  laidOut = filter (variable: variable.files or null != null) (attrValues variables);
  configuration =
    if variables == { } then
      { }
    else
      {
        configured = map written (filter (name: !(isForced name)) (attrNames variables));
        forced = map written forcedNames;
        configuredFiles = map (variable: variable.files) laidOut;
        configuredPlaces = map (variable: variable.path) laidOut;
      };
  forcedNames = filter isForced (attrNames variables);
  # Those for the compiler count where it is asked about a target, too.
  compilerEnvironment = map written (filter (name: match "RUST.*" name != null) (attrNames variables));
  # What the machine that builds would have in its environment, as NAME=VALUE.
  unlessForced =
    if forcedNames == [ ] then
      words: words
    else
      filter (word: !(elem (builtins.head (match "([^=]*)=.*" word)) forcedNames));

  parts = match "([0-9]+)\\.([0-9]+)\\.([0-9]+)(-([^+]*))?(\\+.*)?" version;
  part =
    i:
    let
      value = builtins.elemAt parts i;
    in
    if value == null then "" else value;
  packageEnvironment = [
    "CARGO=${platform.cargo or "/usr/bin/cargo"}"
    "CARGO_MANIFEST_DIR=${folder}"
    "CARGO_MANIFEST_PATH=${folder}/Cargo.toml"
    "CARGO_PKG_AUTHORS=${concatStringsSep ":" (crate.authors or [ ])}"
    "CARGO_PKG_DESCRIPTION=${crate.description or ""}"
    "CARGO_PKG_HOMEPAGE=${crate.homepage or ""}"
    "CARGO_PKG_LICENSE=${crate.license or ""}"
    "CARGO_PKG_LICENSE_FILE=${crate.license-file or ""}"
    "CARGO_PKG_NAME=${crateName}"
    "CARGO_PKG_README=${crate.readme or ""}"
    "CARGO_PKG_REPOSITORY=${crate.repository or ""}"
    "CARGO_PKG_RUST_VERSION=${crate.rust-version or ""}"
    "CARGO_PKG_VERSION=${version}"
    "CARGO_PKG_VERSION_MAJOR=${part 0}"
    "CARGO_PKG_VERSION_MINOR=${part 1}"
    "CARGO_PKG_VERSION_PATCH=${part 2}"
    "CARGO_PKG_VERSION_PRE=${part 4}"
  ]
  # what a user would have in the environment of cargo
  ++ unlessForced (map (name: "${name}=${crate.buildEnvironment.${name}}") (attrNames (crate.buildEnvironment or { })));
  unitEnvironment =
    name:
    packageEnvironment
    ++ [ "CARGO_CRATE_NAME=${underscored name}" ]
    ++ optional (crate.isMember or false) "CARGO_PRIMARY_PACKAGE=1";

  # --- arguments ----------------------------------------------------------------------------------------------------------------------------------
  # Keeps symbols and files of two versions, of host and target and of a library and a binary apart. From names only, never from paths.
  metadata = unit: short "${crate.key or label} ${unit} ${ownTarget}";
  short = identity: substring 0 16 (hashString "sha256" "${identity} ${platform.toolchainId}");

  featureArguments = concatMap (feature: [
    "--cfg"
    ''feature="${feature}"''
  ]) features;
  # The lints of what is not the user's own are off, so that what it declares makes no difference.
  checkCfgArguments = optionals local [
    "--check-cfg"
    "cfg(docsrs,test)"
    "--check-cfg"
    "cfg(feature, values(${concatStringsSep ", " (map (f: ''"${f}"'') (crate.declaredFeatures or [ ]))}))"
  ];

  linkerArguments = name: if name == null then [ ] else [ "-C" "linker=${name}" ];

  # One rustc call, as far as it is known before any build script has run. Evaluation spends most of its time here: `optionals` would cost two calls and
  # two thunks where `if` costs none.
  arguments =
    {
      name,
      path,
      types,
      profile,
      lto,
      hash,
      hashed ? true,
      forHost ? host,
      # the arguments of `dependencies`
      externs,
      outDir,
      procMacro ? types == [ "proc-macro" ],
      # how tests are compiled
      test ? [ ],
      emit ? "link",
    }:
    let
      panic = profile.panic or "unwind";
      strip = profile.strip or "none";
      optLevel = profile.optLevel or "0";
    in
    [
      "--crate-name"
      (underscored name)
      "--edition=${crate.edition or "2015"}"
      (sourcePath path)
    ]
    ++ crateTypeArguments types
    ++ [
      # colours, for a program that shows the log to people
      "--color=always"
      "--emit=${emit}"
    ]
    ++ (if procMacro || elem "dylib" types && !(crate.isMember or false) then [ "-C" "prefer-dynamic" ] else [ ])
    ++ (if optLevel != "0" then [ "-C" "opt-level=${optLevel}" ] else [ ])
    # Whatever runs in the build must unwind: rustc catches the panics of proc-macros.
    ++ (if panic != "unwind" && !forHost then [ "-C" "panic=${panic}" ] else [ ])
    ++ ltoArguments lto
    ++ (if profile.codegenUnits or null != null then [ "-C" "codegen-units=${toString profile.codegenUnits}" ] else [ ])
    ++ debugArguments profile
    ++ crate.rustcLintFlags or [ ]
    ++ assertionArguments profile
    ++ test
    ++ featureArguments
    ++ checkCfgArguments
    ++ [
      "-C"
      "metadata=${hash}"
    ]
    ++ (if hashed then [ "-C" "extra-filename=-${hash}" ] else [ ])
    ++ (if profile.rpath or false then [ "-C" "rpath" ] else [ ])
    ++ [
      "--out-dir"
      outDir
    ]
    ++ targetArguments (if forHost then platform.rustc.host else target)
    ++ linkerArguments (if forHost then hostLinker else linker)
    ++ (if strip != "none" then [ "-C" "strip=${strip}" ] else [ ])
    ++ [
      "-L"
      "dependency=${top}/deps"
    ]
    ++ externs
    ++ (if procMacro then procMacroArguments else [ ])
    ++ (if local then [ ] else [ "--cap-lints" "allow" ])
    ++ (if !forHost || target == platform.rustc.host then rustflags else [ ])
    ++ [
      "--remap-path-prefix"
      "${tree}=${virtual}"
    ]
    ++ crate.extraRustcOpts or [ ];

in
{
  inherit
    about
    arguments
    checkCfgArguments
    compiledFrom
    compilerEnvironment
    crate
    crateName
    featureArguments
    features
    folder
    hasLibrary
    host
    label
    libName
    linker
    linkerArguments
    local
    metadata
    ownTarget
    packageEnvironment
    profile
    rustflags
    short
    source
    sourcePath
    target
    tools
    types
    unitEnvironment
    unlessForced
    version
    ;
}
