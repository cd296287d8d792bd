# As much of nixpkgs as the callers of a Cargo.nix touch, for tests where there is no nixpkgs: its functions by their documented interface, made of the
# Debian sysroot. buildRustCrate compiles libraries, programs and tests; build scripts and what crates say of themselves it leaves out.
{
  sysroot,
  # the builder: `nixpkgs`' buildRustCrate, `ours` on the Debian sysroot, or `ours-on-nixpkgs`
  builder ? "nixpkgs",
  overlays ? [ ],
  ...
}:
let
  platform = import ../platform/debian.nix { inherit sysroot; };

  lib = {
    makeOverridable =
      f: arguments:
      let
        result = f arguments;
        override = more: lib.makeOverridable f (arguments // (if builtins.isFunction more then more arguments else more));
      in
      if builtins.isFunction result then
        {
          __functor = _: result;
          inherit override;
        }
      else
        result // { inherit override; };
    optionals = condition: list: if condition then list else [ ];
    concatMapStringsSep = separator: f: list: builtins.concatStringsSep separator (map f list);
    getLib = package: package.lib or package;
  };

  mkDerivation =
    attributes:
    let
      set = if builtins.isFunction attributes then attributes set else attributes;
      passthru = set.passthru or { };
      made = derivation (
        {
          inherit (platform) system;
          name = "${set.pname}-${set.version}";
        }
        // removeAttrs set [
          "passthru"
          "meta"
        ]
        // {
          builder = "/bin/bash";
          args = [ ./stdenv.bash ];
          sysroot = platform.sysroot;
        }
      );
      extra = passthru // {
        meta = set.meta or { };
        overrideAttrs = change: mkDerivation (set // (if builtins.isFunction change then change set else change));
      };
    in
    made
    // builtins.listToAttrs (
      map (name: {
        inherit name;
        value = made.${name} // extra;
      }) (set.outputs or [ ])
    )
    // extra;

  compile =
    { defaultCrateOverrides, rustc }:
    given:
    let
      crate = given // (defaultCrateOverrides.${given.crateName} or (_: { })) given;
      tests = crate.buildTests or false;
      underscored = builtins.replaceStrings [ "-" ] [ "_" ];
      # A dependency goes by its library's name, unless crateRenames has another for its crate's name and version.
      nameOf =
        dependency:
        let
          choices = crate.crateRenames.${dependency.crateName} or [ ];
          meant = builtins.filter (choice: choice.version or dependency.version == dependency.version) choices;
        in
        if meant == [ ] then underscored dependency.libName else (builtins.head meant).rename;
      dependencies = map lib.getLib crate.dependencies;
      completeDeps = map (found: found.library) (
        builtins.genericClosure {
          startSet = map (library: { key = library.outPath; inherit library; }) dependencies;
          operator = found: map (library: { key = library.outPath; inherit library; }) found.library.dependencies;
        }
      );
      types = if crate.procMacro or false then [ "proc-macro" ] else crate.type or [ "lib" ];
      fileOf =
        dependency:
        "${dependency}/lib/lib${underscored dependency.libName}-${dependency.metadata}.${if dependency.procMacro then "so" else "rlib"}";
      metadata = builtins.substring 0 10 (
        builtins.hashString "sha256" (builtins.toJSON [ crate.crateName crate.version crate.features (map (d: d.metadata) dependencies) ])
      );
      libName = crate.libName or crate.crateName;
      isRelease = crate.release or true;
    in
    mkDerivation (
      removeAttrs crate [
        "dependencies"
        "buildDependencies"
        "crateRenames"
        "features"
        "crateBin"
        "extraRustcOpts"
        "build"
      ]
      // {
        name = "rust_${crate.crateName}-${crate.version}${if tests then "-test" else ""}";
        outputs = [ "out" ] ++ lib.optionals (!tests) [ "lib" ];
        inherit libName metadata;
        crateName = crate.crateName;
        libraryName = underscored libName;
        libPath = crate.libPath or "";
        types = map (type: "--crate-type=${type}") types ++ lib.optionals (crate.procMacro or false) [ "--extern=proc_macro" ];
        common = [
          "--edition=${crate.edition}"
          "-C"
          "opt-level=${if isRelease then "3" else "0"}"
          "-C"
          "metadata=${metadata}"
        ]
        ++ map (feature: "--cfg=feature=\"${feature}\"") crate.features
        ++ map (dependency: "--extern=${nameOf dependency}=${fileOf dependency}") dependencies
        ++ map (dependency: "-Ldependency=${dependency}/lib") completeDeps
        ++ crate.extraRustcOpts or [ ];
        programs = map (bin: "${bin.name}=${bin.path}") (crate.crateBin or [ ]);
        buildTests = tests;
        inherit rustc;
        passthru = {
          inherit dependencies metadata libName;
          inherit (crate) crateName version src;
          procMacro = crate.procMacro or false;
        };
        buildPhase = builtins.readFile ./build-rust-crate.bash;
      }
    );

  program =
    name:
    pkgs.runCommand name { } ''
      mkdir -p $out/bin
      ln -s /usr/bin/${name} $out/bin/
    '';

  pkgs = {
    inherit pkgs lib mkDerivation;
    inherit (platform.pkgs) stdenv fetchurl symlinkJoin;
    buildPackages = pkgs;
    stdenvNoCC = {
      inherit mkDerivation;
    };
    rustc = program "rustc";
    cargo = program "cargo";
    perl = program "perl";
    defaultCrateOverrides = { };
    buildRustCrate =
      {
        nixpkgs = lib.makeOverridable compile { inherit (pkgs) defaultCrateOverrides rustc; };
        ours = platform.pkgs.buildRustCrate;
        ours-on-nixpkgs = import ../rust (import ../platform/nixpkgs.nix { pkgs = final; });
      }
      .${builder};
    runCommand =
      name: environment: script:
      mkDerivation (environment // { inherit name; buildPhase = script; src = null; });
    writeShellScriptBin =
      name: text:
      pkgs.runCommand name { inherit text; } ''
        mkdir -p $out/bin
        printf '#!/bin/bash\n%s\n' "$text" > $out/bin/${name}
        chmod +x $out/bin/${name}
      '';
    callPackage =
      file: arguments:
      let
        f = if builtins.isFunction file then file else import file;
      in
      lib.makeOverridable f (builtins.intersectAttrs (builtins.functionArgs f) final // arguments);
  };
  final = builtins.foldl' (known: overlay: known // overlay final known) (
    pkgs
    // {
      stdenv = pkgs.stdenv // {
        inherit mkDerivation;
        buildPlatform = pkgs.stdenv.buildPlatform // {
          canExecute = other: other.rust.rustcTarget == pkgs.stdenv.buildPlatform.rust.rustcTarget;
        };
      };
    }
  ) overlays;
in
final
