# As much of nixpkgs as the callers of a Cargo.nix touch, for tests where there is no nixpkgs: its functions by their documented interface, made of the
# Debian sysroot.
{
  sysroot,
  # the builder: `nixpkgs`' buildRustCrate, `nixpkgs-2024`'s, `ours` on the Debian sysroot, or `ours-on-nixpkgs`
  builder ? "nixpkgs",
  # of nixpkgs, whose own library and buildRustCrate take the place of what stands for them here
  checkout ? null,
  overlays ? [ ],
  ...
}:
let
  platform = import ../platform/debian.nix { inherit sysroot; };

  lib = if checkout == null then standIn else import (checkout + "/lib");
  standIn = {
    functionArgs = f: if f ? __functor then f.__functionArgs or { } else builtins.functionArgs f;
    setFunctionArgs = f: arguments: {
      __functor = _: f;
      __functionArgs = arguments;
    };
    makeOverridable =
      f: arguments:
      let
        result = f arguments;
        override = lib.setFunctionArgs (
          more: lib.makeOverridable f (arguments // (if builtins.isFunction more then more arguments else more))
        ) (lib.functionArgs f);
      in
      if builtins.isFunction result then
        {
          __functor = _: result;
          inherit override;
        }
      else
        result // { inherit override; };
    # a filtered folder, which may be filtered again
    cleanSourceWith =
      {
        src,
        filter,
        name ? null,
      }:
      let
        given = { inherit filter name; };
        isFiltered = src ? _isLibCleanSourceWith;
      in
      rec {
        _isLibCleanSourceWith = true;
        origSrc = if isFiltered then src.origSrc else src;
        filter = path: type: given.filter path type && (!isFiltered || src.filter path type);
        name = if given.name != null then given.name else if isFiltered then src.name else baseNameOf origSrc;
        outPath = builtins.path {
          path = origSrc;
          inherit filter name;
        };
      };
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

  program =
    name:
    pkgs.runCommand name { } ''
      mkdir -p $out/bin
      ln -s /usr/bin/${name} $out/bin/
    ''
    // {
      targetPrefix = "";
    };

  pkgs = {
    inherit pkgs lib mkDerivation;
    inherit (platform.pkgs) stdenv fetchurl symlinkJoin;
    # at evaluation, from a repository of this machine
    fetchgit = { url, rev, ... }: builtins.fetchGit {
      inherit url rev;
      allRefs = true;
    };
    buildPackages = pkgs;
    stdenvNoCC = {
      inherit mkDerivation;
    };
    rustc = program "rustc";
    cargo = program "cargo";
    perl = program "perl";
    # what buildRustCrate asks jq for: the manifest of the package of some name
    jq = pkgs.writeShellScriptBin "jq" ''
      name=$(sed -nE 's/.*\.name == "([^"]*)".*/\1/p' <<< "$*")
      perl -ne 'while (/\{"name":"([^"]*)","version":.*?"manifest_path":"([^"]*)"/g) { print "$2\n" if $1 eq "'"$name"'" }'
    '';
    libiconv = null;
    fetchCrate = throw "buildRustCrate has no source";
    pkgsBuildBuild = final;
    defaultCrateOverrides = { };
    buildRustCrate =
      let
        standIn =
          isRecent:
          lib.makeOverridable (import ./build-rust-crate.nix) {
            inherit lib mkDerivation isRecent;
            inherit (final) rustc cargo defaultCrateOverrides;
          };
      in
      {
        nixpkgs =
          if checkout == null then
            standIn true
          else
            lib.callPackageWith final (checkout + "/pkgs/build-support/rust/build-rust-crate") { };
        nixpkgs-2024 = standIn false;
        ours = platform.pkgs.buildRustCrate;
        ours-on-nixpkgs = import ../rust (import ../platform/nixpkgs.nix { pkgs = final; });
      }
      .${builder};
    runCommand =
      name: environment: script:
      mkDerivation (environment // { inherit name; buildCommand = script; });
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
        hasCC = true;
        isDarwin = false;
        cc = program "cc";
        buildPlatform =
          if checkout != null then
            lib.systems.elaborate "x86_64-linux"
          else
            pkgs.stdenv.buildPlatform
            // {
              canExecute = other: other.rust.rustcTarget == pkgs.stdenv.buildPlatform.rust.rustcTarget;
            };
        hostPlatform = if checkout != null then lib.systems.elaborate "x86_64-linux" else pkgs.stdenv.hostPlatform;
      };
    }
  ) overlays;
in
final
