# A stand-in for nixpkgs' buildRustCrate: what it takes, what it puts into its shell and how, what it hands on. Read off nixpkgs'
# pkgs/build-support/rust/build-rust-crate and written anew; scripts/with-nixpkgs has the same tests run with the real one. Of build scripts it knows
# rustc-cfg and rustc-env.
{
  lib,
  mkDerivation,
  rustc,
  cargo,
  defaultCrateOverrides,
  # as it is since March 2026, with lints, capLints and devDependencies
  isRecent ? true,
}:
let
  inherit (builtins)
    concatLists
    concatMap
    concatStringsSep
    elem
    filter
    isList
    replaceStrings
    ;
  underscored = replaceStrings [ "-" ] [ "_" ];
  unique = builtins.foldl' (known: one: if elem one known then known else known ++ [ one ]) [ ];
  when = condition: text: if condition then text else "";
  lines = concatStringsSep "\n";

  # what counts beside the crate's own attributes
  common = {
    release ? true,
    verbose ? true,
    features ? [ ],
    crateOverrides ? defaultCrateOverrides,
    dependencies ? [ ],
    buildDependencies ? [ ],
    crateRenames ? { },
    extraRustcOpts ? [ ],
    buildTests ? false,
    rust ? rustc,
  }: null;
  arguments =
    builtins.functionArgs common
    // (
      if isRecent then
        {
          lints = true;
          capLints = true;
          devDependencies = true;
        }
      else
        { }
    );

  processed = [
    "src"
    "crateBin"
    "libName"
    "libPath"
    "buildDependencies"
    "dependencies"
    "features"
    "crateRenames"
    "crateName"
    "version"
    "build"
    "authors"
    "edition"
    "buildTests"
    "codegenUnits"
    "links"
  ]
  ++ lib.optionals isRecent [
    "devDependencies"
    "lints"
    "capLints"
  ];

  lintFlags =
    lints:
    let
      letters = {
        allow = "-A";
        deny = "-D";
        forbid = "-F";
        warn = "-W";
        force-warn = "--force-warn";
      };
      entries = concatMap (
        tool:
        map (
          name:
          let
            given = lints.${tool}.${name};
            entry = if builtins.isString given then { level = given; } else given;
          in
          {
            priority = entry.priority or 0;
            text = "${letters.${entry.level}} ${when (tool != "rust") "${tool}::"}${name}";
          }
        ) (builtins.attrNames lints.${tool})
      ) (builtins.attrNames lints);
    in
    map (entry: entry.text) (builtins.sort (a: b: a.priority < b.priority) entries);

  build =
    given: chosen:
    let
      crate = given // (chosen.crateOverrides.${given.crateName} or (_: { })) given;
      inherit (crate) crateName version;
      inherit (chosen) release buildTests;
      types = if crate.procMacro or false then [ "proc-macro" ] else crate.type or [ "lib" ];
      features = filter (feature: builtins.match "dep:.*|.*/.*" feature == null) (crate.features or [ ] ++ chosen.features);
      dependencies = map lib.getLib (chosen.dependencies ++ lib.optionals buildTests chosen.devDependencies or [ ]);
      buildDependencies = map lib.getLib chosen.buildDependencies;
      completeDeps = unique (dependencies ++ concatMap (it: it.completeDeps) dependencies);
      completeBuildDeps = unique (buildDependencies ++ concatMap (it: it.completeBuildDeps ++ it.completeDeps) buildDependencies);
      libName = crate.libName or crateName;
      lints = crate.lints or chosen.lints or { };
      asked = crate.capLints or chosen.capLints or null;
      capLints = if asked != null then asked else if lints != { } then "forbid" else "allow";
      metadata = builtins.substring 0 10 (
        builtins.hashString "sha256" (toString ([ crateName version ] ++ features ++ map (it: it.metadata) (dependencies ++ buildDependencies)))
      );

      # A dependency goes by its library's name, unless crateRenames has another for its crate's name and version.
      externs = concatMap (
        it:
        let
          choices = chosen.crateRenames.${it.crateName} or [ ];
          meant = filter (choice: choice.version or it.version == it.version) choices;
          name = if !(isList choices) then choices else if meant == [ ] then it.libName else (builtins.head meant).rename;
          suffix = if it.isMacro then "so" else "rlib";
        in
        [ "--extern ${underscored name}=${it}/lib/lib${underscored it.libName}-${it.metadata}.${suffix}" ]
      );
      options =
        needed:
        [
          (if release then "-C opt-level=3" else "-C debuginfo=2")
          "-C codegen-units=${toString (crate.codegenUnits or 1)}"
        ]
        ++ externs needed
        ++ map (feature: "--cfg feature=\\\"${feature}\\\"") features
        ++ crate.extraRustcOpts or [ ]
        ++ chosen.extraRustcOpts
        ++ lintFlags lints
        ++ [ "--edition ${crate.edition}" ];

      workspace_member = crate.workspace_member or ".";
      version_ = builtins.splitVersion (builtins.head (builtins.match "([0-9.]*).*" version));
      program =
        bin:
        # only those whose features stand in the list in the same order, and nothing is said where it counts
        if bin ? requiredFeatures && filter (feature: elem feature bin.requiredFeatures) features != bin.requiredFeatures then
          "echo Binary ${bin.name} is left out"
        else
          ''
            BIN_NAME='${bin.name}'
            BIN_PATH='${bin.path}'
            build_bin "$BIN_NAME" "$BIN_PATH"
          '';
    in
    mkDerivation (
      {
        inherit
          crateName
          version
          buildTests
          dependencies
          buildDependencies
          completeDeps
          completeBuildDeps
          metadata
          libName
          workspace_member
          ;
        inherit (crate) src;
        name = "rust_${crateName}-${version}${when buildTests "-test"}";
        outputs = if buildTests then [ "out" ] else [ "out" "lib" ];
        isMacro = crate.procMacro or false;
        nativeBuildInputs = [
          chosen.rust
          cargo
        ]
        ++ crate.nativeBuildInputs or [ ];
        buildInputs = crate.buildInputs or [ ];
        configurePhase = ''
          source ${./build-rust-crate.bash}
          ${
            if workspace_member == null then
              ''cd "$(folder_of "${crateName}")"''
            else
              ''noisily cd "${workspace_member}"''
          }
          runHook preConfigure
          collect ${toString completeDeps} -- ${toString completeBuildDeps}
          export CARGO_PKG_NAME=${crateName}
          export CARGO_PKG_VERSION=${version}
          export CARGO_PKG_AUTHORS="${concatStringsSep ":" (crate.authors or [ ])}"
          export CARGO_PKG_DESCRIPTION="${crate.description or ""}"
          export CARGO_PKG_HOMEPAGE="${crate.homepage or ""}"
          export CARGO_PKG_LICENSE="${crate.license or ""}"
          export CARGO_PKG_LICENSE_FILE="${crate.license-file or ""}"
          export CARGO_PKG_README="${crate.readme or ""}"
          export CARGO_PKG_REPOSITORY="${crate.repository or ""}"
          export CARGO_PKG_RUST_VERSION="${crate.rust-version or ""}"
          export CARGO_PKG_VERSION_MAJOR=${builtins.elemAt version_ 0}
          export CARGO_PKG_VERSION_MINOR=${builtins.elemAt version_ 1}
          export CARGO_PKG_VERSION_PATCH=${builtins.elemAt version_ 2}
          export CARGO_MANIFEST_DIR=$(pwd)
          export CARGO_MANIFEST_LINKS=${crate.links or ""}
          BUILD=""
          if [[ ! -z "${crate.build or ""}" ]]; then
            BUILD=${crate.build or ""}
          elif [[ -e build.rs ]]; then
            BUILD=build.rs
          fi
          CAP_LINTS=${capLints}
          BUILD_OPTIONS="${concatStringsSep " " (options buildDependencies)}"
          run_build_script ${toString features}
          runHook postConfigure
        '';
        buildPhase = ''
          runHook preBuild
          LIB_RUSTC_OPTS="${
            concatStringsSep " " (
              options dependencies
              ++ [ "-C metadata=${metadata} -C extra-filename=-${metadata}" ]
              ++ map (type: "--crate-type ${type}") types
              ++ lib.optionals (elem "proc-macro" types) [ "--extern proc_macro" ]
            )
          }"
          BIN_RUSTC_OPTS="${concatStringsSep " " (options dependencies)}"
          LIB_PATH="${crate.libPath or ""}"
          CRATE_NAME='${underscored libName}'
          if [[ -e $LIB_PATH ]]; then
            build_lib "$LIB_PATH"
          elif [[ -e src/lib.rs ]]; then
            build_lib src/lib.rs
          fi
          ${lines (map program (crate.crateBin or [ ]))}
          ${when (!(crate ? crateBin)) "build_found_programs ${crateName}"}
          ${when buildTests "build_test_files"}
          runHook postBuild
        '';
        installPhase = ''
          runHook preInstall
          install_crate
          runHook postInstall
        '';
      }
      // removeAttrs crate processed
    );
in
given:
lib.makeOverridable
  (lib.setFunctionArgs (build given) arguments)
  (
    {
      release = given.release or true;
      verbose = given.verbose or true;
      features = [ ];
      crateOverrides = defaultCrateOverrides;
      dependencies = given.dependencies or [ ];
      buildDependencies = given.buildDependencies or [ ];
      crateRenames = given.crateRenames or { };
      extraRustcOpts = [ ];
      buildTests = given.buildTests or false;
      rust = rustc;
    }
    // (
      if isRecent then
        {
          lints = { };
          capLints = null;
          devDependencies = given.devDependencies or [ ];
        }
      else
        { }
    )
  )
