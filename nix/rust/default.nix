# Builds crates as cargo does: one derivation per unit of cargo's (a library, a build script with its run, a binary), each one rustc call with the
# arguments and the environment cargo would give it. Sources: cargo's build_base_args, build_deps_args, custom_build.rs and lto.rs.
#
#     import ./. platform   ->   { exact = true; __functor = _: crate: derivation; }
#
# What a crate's attributes are stands in docs/design/architecture.md, "What a builder gets". The derivation is the library's, or for a root one with
# `bin/` and `lib/` under the names cargo gives them in target/release. The toolchain is named in every derivation; nothing is looked up outside.
platform:
let
  inherit (builtins)
    attrNames
    attrValues
    compareVersions
    concatMap
    concatStringsSep
    elem
    filter
    hashString
    listToAttrs
    map
    match
    sort
    substring
    toString
    ;

  inherit (import ../units.nix) described;

  inherit (import ./flags.nix platform)
    assertionArguments
    crateTypeArguments
    debugArguments
    externArguments
    fileName
    finalLto
    ltoArguments
    optional
    optionals
    supported
    targetArguments
    top
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

  build =
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
      linker = tools.linker or null;

      # --- the source -----------------------------------------------------------------------------------------------------------------------------
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
      source = {
        inherit (crate) src;
        # Laid out as a whole is a repository, as a package's files may lead to others beside it, and a workspace of whose files a member named some.
        folder = if inWorkspace && !(crate ? sources) then folder else tree;
        packageFolder = folder;
      }
      // (if crate.patches or [ ] == [ ] then { } else { inherit (crate) patches; })
      # of an override, for platforms whose builds have inputs
      // builtins.intersectAttrs {
        buildInputs = null;
        nativeBuildInputs = null;
      } crate;

      # --- what each derivation is, for nix/units.nix ------------------------------------------------------------------------------------------------
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

      # --- environment ----------------------------------------------------------------------------------------------------------------------------
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
      ++ map (name: "${name}=${crate.buildEnvironment.${name}}") (attrNames (crate.buildEnvironment or { }));
      unitEnvironment =
        name:
        packageEnvironment
        ++ [ "CARGO_CRATE_NAME=${underscored name}" ]
        ++ optional (crate.isMember or false) "CARGO_PRIMARY_PACKAGE=1";

      # --- arguments ------------------------------------------------------------------------------------------------------------------------------
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

      # One rustc call, as far as it is known before any build script has run.
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
          # colours, for whoever shows the log to people
          "--color=always"
          "--emit=${emit}"
        ]
        ++ optionals (procMacro || elem "dylib" types && !(crate.isMember or false)) [
          "-C"
          "prefer-dynamic"
        ]
        ++ optionals (optLevel != "0") [
          "-C"
          "opt-level=${optLevel}"
        ]
        # Whatever runs in the build must unwind: rustc catches the panics of proc-macros.
        ++ optionals (panic != "unwind" && !forHost) [
          "-C"
          "panic=${panic}"
        ]
        ++ ltoArguments lto
        ++ optionals (profile.codegenUnits or null != null) [
          "-C"
          "codegen-units=${toString profile.codegenUnits}"
        ]
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
        ++ optionals hashed [
          "-C"
          "extra-filename=-${hash}"
        ]
        ++ optionals (profile.rpath or false) [
          "-C"
          "rpath"
        ]
        ++ [
          "--out-dir"
          outDir
        ]
        ++ targetArguments (if forHost then platform.rustc.host else target)
        ++ optionals (!forHost && linker != null) [
          "-C"
          "linker=${linker}"
        ]
        ++ optionals (strip != "none") [
          "-C"
          "strip=${strip}"
        ]
        ++ [
          "-L"
          "dependency=${top}/deps"
        ]
        ++ externArguments procMacro externs
        ++ optionals (!local) [
          "--cap-lints"
          "allow"
        ]
        ++ optionals (!forHost || target == platform.rustc.host) rustflags
        ++ [
          "--remap-path-prefix"
          "${tree}=${virtual}"
        ]
        ++ crate.extraRustcOpts or [ ];

      # Dependencies as cargo orders them, by package.
      edges =
        externs:
        sort (a: b: byPackage a.library b.library) (
          map (name: {
            inherit name;
            library = externs.${name};
          }) (attrNames externs)
        );
      libraries = externs: map (edge: edge.library) (edges externs);
      externList =
        externs:
        concatMap (
          edge:
          map (file: {
            inherit (edge) name;
            inherit file;
          }) edge.library.linkable
        ) (edges externs);
      byPackage =
        a: b:
        if a.crateName == b.crateName then
          compareVersions a.version b.version < 0
        else
          a.crateName < b.crateName;

      # --- the build script: compiled once for host and target, run for each -----------------------------------------------------------------------
      hasBuildScript = crate ? build;
      buildName = "build-script-${builtins.elemAt (match "(.*/)?([^/]*)\\.rs" crate.build) 1}";
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

      # --- the library ----------------------------------------------------------------------------------------------------------------------------
      hasLibrary = crate ? libPath;
      libName = crate.libName or (underscored crateName);
      types = if crate.procMacro or false then [ "proc-macro" ] else crate.type or [ "lib" ];
      isDynamic = elem "cdylib" types || elem "dylib" types;
      # A dynamic library of the user's own keeps its plain name: it is meant to be found by it.
      hashedLibrary = !(local && isDynamic);
      libraryStem = libName + (if hashedLibrary then "-${metadata "lib"}" else "");
      libraryFiles = map (type: fileName ownTarget type libraryStem) (supported ownTarget types);
      linkable = concatMap (
        type:
        optional (elem type [
          "lib"
          "rlib"
          "dylib"
          "proc-macro"
        ]) "${library}/${fileName ownTarget type libraryStem}"
      ) (supported ownTarget types);
      libraryLto =
        if host then
          "object"
        else if crate.lto or "object" == "run" then
          finalLto profile
        else
          crate.lto or "object";

      # What works on the crate's files where rustc does, with what its build script said.
      onSources = source // {
        common = ./common.bash;
        workspace = compiledFrom;
        buildScript = if hasBuildScript then buildScript else "";
        inherit label;
      };
      compile =
        attrs:
        platform.mkDerivation (
          onSources
          // {
            script = ./crate.bash;
            compile = ./compile.bash;
            runBuildScript = "";
            rustc = platform.rustc.path;
            arguments = [ ];
            dependencies = [ ];
            files = [ ];
            binary = "";
            program = "";
            isCdylib = false;
            isProcMacro = false;
            isBuildScript = false;
            runsInBuild = false;
            linksLibraries = false;
          }
          // attrs
        );

      library = compile (
        (if hasBuildScript && isWhole then run else { })
        // {
          name = "rust-${label}-lib";
          unit = "`${crateName}` (lib)";
          arguments = arguments {
            name = libName;
            path = crate.libPath;
            inherit types profile;
            lto = libraryLto;
            hash = metadata "lib";
            hashed = hashedLibrary;
            externs = externList (crate.externs or { });
            outDir = placeholder "out";
          };
          environment = unitEnvironment libName;
          dependencies = libraries (crate.externs or { });
          isCdylib = elem "cdylib" types;
          isProcMacro = types == [ "proc-macro" ];
          runsInBuild = host;
          linksLibraries = true;
          files = libraryFiles;
        }
      );

      libraryPart = if types == [ "proc-macro" ] then "macro" else "library";
      aboutLibrary =
        if isWhole && hasBuildScript then
          about (attrValues (crate.externs or { }) ++ usedByRun) {
            part = libraryPart;
            script = "build-script";
          }
        else
          about (attrValues (crate.externs or { }) ++ scriptRun) { part = libraryPart; };

      # --- binaries -------------------------------------------------------------------------------------------------------------------------------
      binaries = map binary (filter (bin: elem bin.name (crate.binaries or [ ])) (crate.crateBin or [ ]));
      binary =
        bin:
        let
          unit = "bin ${bin.name}";
          own = if linkable == [ ] || !hasLibrary then { } else { ${libName} = result; };
          aboutBinary = about (attrValues (crate.externs or { } // own) ++ scriptRun) {
            part = "program";
            inherit (bin) name;
          };
        in
        {
          inherit (bin) name;
          file = fileName ownTarget "bin" "${underscored bin.name}-${metadata unit}";
          derivation = described aboutBinary (compile {
            name = "rust-${label}-bin-${bin.name}";
            unit = "`${crateName}` (bin \"${bin.name}\")";
            arguments = arguments {
              inherit (bin) name path;
              types = [ "bin" ];
              inherit profile;
              hash = metadata unit;
              lto = finalLto profile;
              externs = externList (crate.externs or { } // own);
              outDir = placeholder "out";
            };
            environment = unitEnvironment bin.name ++ [ "CARGO_BIN_NAME=${bin.name}" ];
            dependencies = libraries (crate.externs or { } // own);
            binary = bin.name;
            linksLibraries = !hasLibrary;
          });
        };

      # --- what a user gets -----------------------------------------------------------------------------------------------------------------------
      # Files of other derivations under names of their own.
      collect =
        attrs:
        platform.mkDerivation (
          {
            script = ./final.bash;
            weakVersions = ./weak-versions.pl;
            after = [ ];
          }
          // attrs
        );
      final = described aboutFinal (collect {
        name = "rust-${label}";
        # what must have been built before, such as its tests
        after = crate.after or [ ];
        from =
          map (bin: "${bin.derivation}/${bin.file}") binaries
          ++ optionals hasLibrary (map (file: "${library}/${file}") libraryFiles);
        to =
          map (bin: "bin/${fileName ownTarget "bin" bin.name}") binaries
          ++ optionals hasLibrary (map (type: "lib/${fileName ownTarget type libName}") (supported ownTarget types));
      });
      aboutFinal = about (crate.after or [ ] ++ map (bin: bin.derivation) binaries ++ optional hasLibrary result) { part = "product"; };

      facets = {
        inherit
          crateName
          version
          features
          linkable
          ;
      }
      // (if hasLibrary then { lib = library; } else { })
      // (
        if hasBuildScript then
          { inherit buildScript; } // (if crate ? links then { inherit (crate) links; } else { })
        else
          { }
      );
      result =
        if hasLibrary then
          library
          // facets
          // {
            # as `described` does it, without one more copy of what there is most of
            about = aboutLibrary;
            key = library.drvPath;
          }
        else
          facets;

      # --- what a developer gets ------------------------------------------------------------------------------------------------------------------
      tested = import ./tests.nix {
        inherit
          about
          described
          arguments
          build
          checkCfgArguments
          collect
          compile
          crate
          crateTypeArguments
          externArguments
          externList
          featureArguments
          fileName
          finalLto
          folder
          hasLibrary
          label
          libName
          libraries
          ltoArguments
          metadata
          onSources
          optional
          optionals
          ownTarget
          packageEnvironment
          platform
          profile
          scriptRun
          sourcePath
          target
          top
          types
          underscored
          unitEnvironment
          ;
      };
    in
    if crate ? testing then
      tested
    else if crate.isRoot or false then
      # A file that an older generator wrote names no binaries.
      (if final.from == [ ] then throw "${label} builds nothing: run `mvn nix:generate`." else final)
      // facets
      // {
        bins = listToAttrs (
          map (bin: {
            inherit (bin) name;
            value = bin.derivation;
          }) binaries
        );
      }
    else
      result;
in
{
  exact = true;
  __functor = _: build;
}
