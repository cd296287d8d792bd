# A platform: where a build's tools come from. This one: a pinned Debian sysroot and nothing else.
#
# Builds see the sysroot at the places where Debian's programs look for themselves: nix/launcher sees to that, for every user of Nix.
{
  # The parsed `sysroot` object of nix-toolchain.lock.json, { name, narHash }, or a store path (a string with context).
  sysroot,
  # The lock's `standardLibrary`: the crates, { name, version, url, sha256 }, that the standard library of rust-src is built with.
  standardLibrary ? [ ],
  system ? "x86_64-linux",
}:
let
  # The output path of a fixed-output derivation follows from its name and hash alone. `mvn nix:toolchain` adds the tree under that path, so this
  # derivation is never built; unlike builtins.storePath it works in pure evaluation and before the tree is there.
  pinned =
    { name, narHash, ... }:
    derivation {
      inherit name system;
      outputHash = narHash;
      outputHashAlgo = "sha256";
      outputHashMode = "recursive";
      # Nix itself prints the address it cannot read: the one way to a message that needs no shell in the sandbox.
      builder = "builtin:fetchurl";
      url = "file:///the toolchain's sysroot is not in the Nix store: run `mvn nix:toolchain`";
      preferLocalBuild = true;
    };

  tree = if builtins.isAttrs sysroot then pinned sysroot else sysroot;

  # Every derivation with tools: bash, the sysroot's programs, attributes as bash arrays in `.attrs.sh`. Its outputs are directories, which the launcher makes.
  mkDerivation =
    { script, ... }@attrs:
    derivation (
      removeAttrs attrs [ "script" ]
      // {
        inherit system;
        builder = loader;
        args =
          launch
          ++ (if attrs ? outputs then map builtins.placeholder attrs.outputs else [ (builtins.placeholder "out") ])
          ++ [
            "--"
            script
          ];
        __structuredAttrs = true;
        searchPath = "/usr/bin";
      }
    );

  launch = [
    "--library-path"
    libraries
    "${tree}/usr/bin/bash"
    "-euo"
    "pipefail"
    "${../launcher}/launch.bash"
    tree
    loader
    libraries
  ];
  # Where the dynamic loader and the C library are in Debian. The kernel cannot find the loader by its usual name before there is a root directory.
  inherit
    ({
      x86_64-linux = {
        loader = "${tree}/usr/lib64/ld-linux-x86-64.so.2";
        libraries = "${tree}/usr/lib/x86_64-linux-gnu";
      };
      aarch64-linux = {
        loader = "${tree}/usr/lib/ld-linux-aarch64.so.1";
        libraries = "${tree}/usr/lib/aarch64-linux-gnu";
      };
    }.${system})
    loader
    libraries
    ;

  # One file by its digest, downloaded by Nix itself.
  fetchurl =
    {
      url,
      sha256,
      name ? baseNameOf url,
    }:
    derivation {
      inherit name url system;
      builder = "builtin:fetchurl";
      urls = [ url ];
      executable = false;
      unpack = false;
      outputHash = sha256;
      outputHashAlgo = "sha256";
      outputHashMode = "flat";
      preferLocalBuild = true;
      impureEnvVars = [
        "http_proxy"
        "https_proxy"
        "ftp_proxy"
        "all_proxy"
        "no_proxy"
      ];
    };

  # The files of a commit with its submodules. As with the sysroot, the plugin adds them to the store: the sandbox has no git, and the generator, which
  # has read them, does. The name is what nixpkgs' fetchgit gives.
  fetchgit =
    {
      url,
      rev,
      sha256,
      fetchSubmodules ? true,
      name ? "${repositoryName url}-${builtins.substring 0 7 rev}",
    }:
    derivation {
      inherit name system rev;
      repository = url;
      outputHash = sha256;
      outputHashAlgo = "sha256";
      outputHashMode = "recursive";
      builder = "builtin:fetchurl";
      url = "file:///the files of ${url} at ${rev} are not in the Nix store: run `mvn nix:build`";
      preferLocalBuild = true;
    };

  repositoryName =
    url:
    let
      last = builtins.head (builtins.match ".*[/:]([^/:]+)/*" url);
      plain = builtins.match "(.+)\\.git" last;
      parts = builtins.split "[^A-Za-z0-9+._?=-]+" (if plain == null then last else builtins.head plain);
      sane = builtins.concatStringsSep "" (builtins.filter builtins.isString parts);
    in
    if builtins.match "\\..*" sane == null then sane else "_${sane}";

  platform = import ../rust/debian.nix {
    inherit
      fetchurl
      mkDerivation
      standardLibrary
      system
      ;
  } // {
    inherit
      # the Nix name of the machine that builds
      system
      # { script, … } -> derivation
      mkDerivation
      # { url, sha256, name } -> derivation
      fetchurl
      pkgs
      ;
    sysroot = tree;
    # Tells toolchains apart in symbol names.
    toolchainId =
      if builtins.isAttrs sysroot then
        sysroot.narHash
      else
        builtins.unsafeDiscardStringContext (baseNameOf sysroot);
  };

  # As much of nixpkgs as a Cargo.nix asks for: `import ./Cargo.nix { pkgs = platform.pkgs; }`.
  pkgs = {
    inherit fetchgit fetchurl;
    lib = { };
    stdenv = rec {
      buildPlatform = {
        inherit system;
        rust.rustcTarget = platform.rustc.host;
      };
      hostPlatform = buildPlatform;
    };
    buildRustCrate = import ../rust platform;
    defaultCrateOverrides = { };
    symlinkJoin =
      { name, paths }:
      mkDerivation {
        inherit name paths;
        script = ./symlink-join.bash;
      };
  };
in
platform
