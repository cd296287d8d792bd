# Builds crates as cargo does: one derivation per unit of cargo's (a library, a build script with its run, a binary), each one rustc call with the
# arguments and the environment cargo would give it. Sources: cargo's build_base_args, build_deps_args, custom_build.rs and lto.rs.
#
#     import ./. platform   ->   { exact = true; __functor = _: crate: derivation; }
#
# docs/design/cargo-nix-format.md, "What a builder gets", describes a crate's attributes. The derivation is the library's, or for a root one with
# `bin/` and `lib/` under the names cargo gives them in target/release. The toolchain is named in every derivation; nothing is looked up outside.
given:
let
  storeName = import ../store-name.nix;
  platform = given // {
    mkDerivation = attrs: given.mkDerivation (attrs // { name = storeName attrs.name; });
  };

  inherit (builtins)
    attrValues
    concatMap
    elem
    filter
    listToAttrs
    map
    ;

  inherit (import ../units.nix) described;

  inherit (import ./flags.nix platform)
    dependencies
    fileName
    finalLto
    optional
    optionals
    supported
    underscored
    ;

  packageOf = import ./package.nix platform;
  buildScriptOf = import ./build-script.nix platform;

  build =
    crate:
    let
      package = packageOf crate;
      inherit (package) hasLibrary ownTarget types;
      hasScript = crate ? build;
      script = buildScriptOf { inherit package compile library; };
      # the run, where it is a derivation of its own
      scriptRun = if hasScript then script.scriptRun else [ ];

      # --- the library ----------------------------------------------------------------------------------------------------------------------------
      isDynamic = elem "cdylib" types || elem "dylib" types;
      # A dynamic library of the user's own keeps its plain name: it is meant to be found by it.
      hashedLibrary = !(package.local && isDynamic);
      libraryStem = package.libName + (if hashedLibrary then "-${package.metadata "lib"}" else "");
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
        if package.host then
          "object"
        else if crate.lto or "object" == "run" then
          finalLto package.profile
        else
          crate.lto or "object";

      # What works on the crate's files where rustc does, with what its build script said.
      onSources = package.source // {
        common = ./common.bash;
        packageFolders = ./folders.bash;
        workspace = package.compiledFrom;
        buildScript = if hasScript then script.buildScript else "";
        inherit (package) label;
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

      needed = dependencies externs;
      externs = crate.externs or { };
      library = compile (
        (if hasScript && script.isWhole then script.run else { })
        // {
          name = "rust-${package.label}-lib";
          unit = "`${crate.crateName}` (lib)";
          arguments = package.arguments {
            name = package.libName;
            path = crate.libPath;
            inherit types;
            inherit (package) profile;
            lto = libraryLto;
            hash = package.metadata "lib";
            hashed = hashedLibrary;
            externs = needed.arguments;
            outDir = placeholder "out";
          };
          environment = package.unitEnvironment package.libName;
          dependencies = needed.libraries;
          isCdylib = elem "cdylib" types;
          isProcMacro = types == [ "proc-macro" ];
          runsInBuild = ownTarget == platform.rustc.host;
          linksLibraries = true;
          files = libraryFiles;
        }
      );

      libraryPart = if types == [ "proc-macro" ] then "macro" else "library";
      aboutLibrary =
        if hasScript && script.isWhole then
          package.about (attrValues externs ++ script.usedByRun) {
            part = libraryPart;
            script = "build-script";
          }
        else
          package.about (attrValues externs ++ scriptRun) { part = libraryPart; };

      # --- binaries -------------------------------------------------------------------------------------------------------------------------------
      binaries = map binary (filter (bin: elem bin.name (crate.binaries or [ ])) (crate.crateBin or [ ]));
      binary =
        bin:
        let
          unit = "bin ${bin.name}";
          own = if linkable == [ ] || !hasLibrary then { } else { ${package.libName} = result; };
          needed = dependencies (externs // own);
          aboutBinary = package.about (attrValues (externs // own) ++ scriptRun) {
            part = "program";
            inherit (bin) name;
          };
        in
        {
          inherit (bin) name;
          file = fileName ownTarget "bin" "${underscored bin.name}-${package.metadata unit}";
          derivation = described aboutBinary (compile {
            name = "rust-${package.label}-bin-${bin.name}";
            unit = "`${crate.crateName}` (bin \"${bin.name}\")";
            arguments = package.arguments {
              inherit (bin) name path;
              types = [ "bin" ];
              inherit (package) profile;
              hash = package.metadata unit;
              lto = finalLto package.profile;
              externs = needed.arguments;
              outDir = placeholder "out";
            };
            environment = package.unitEnvironment bin.name ++ [ "CARGO_BIN_NAME=${bin.name}" ];
            dependencies = needed.libraries;
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
        name = "rust-${package.label}";
        # what must have been built before, such as its tests
        after = crate.after or [ ];
        from =
          map (bin: "${bin.derivation}/${bin.file}") binaries
          ++ optionals hasLibrary (map (file: "${library}/${file}") libraryFiles);
        to =
          map (bin: "bin/${fileName ownTarget "bin" bin.name}") binaries
          ++ optionals hasLibrary (map (type: "lib/${fileName ownTarget type package.libName}") (supported ownTarget types));
      });
      aboutFinal = package.about (crate.after or [ ] ++ map (bin: bin.derivation) binaries ++ optional hasLibrary result) { part = "product"; };

      facets = {
        inherit (crate) crateName version;
        inherit (package) features;
        inherit linkable;
      }
      // (if hasLibrary then { lib = library; } else { })
      // (if hasScript then { inherit (script) buildScript; } // (if crate ? links then { inherit (crate) links; } else { }) else { });
      result =
        if hasLibrary then
          # as `described` does it, without one more copy of what there is most of
          library
          // (
            facets
            // {
              about = aboutLibrary;
              key = library.drvPath;
            }
          )
        else
          facets;

      # --- what a developer gets ------------------------------------------------------------------------------------------------------------------
      tested = import ./tests.nix {
        inherit build platform;
        package = package // {
          inherit
            collect
            compile
            onSources
            scriptRun
            ;
        };
      };
    in
    if crate ? testing then
      tested
    else if crate.isRoot or false then
      final
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
