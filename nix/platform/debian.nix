# A platform: where a build's tools come from. This one: a pinned Debian sysroot and nothing else.
#
# Builds run in Nix's sandbox with the sysroot bound over the places where Debian's programs look for themselves:
#
#     --option sandbox true
#     --option sandbox-paths "/usr=SYSROOT/usr /bin=SYSROOT/usr/bin /lib=SYSROOT/usr/lib /lib64=SYSROOT/usr/lib64"
#
# The sysroot is an input of every derivation as well, so that another sysroot is another derivation.
{
  # The parsed `sysroot` object of nix-toolchain.lock.json, { name, narHash }, or a store path (a string with context).
  sysroot,
  # The lock's `standardLibrary`: the crates, { name, version, url, sha256 }, that the standard library of rust-src is built with.
  standardLibrary ? [ ],
  system ? "x86_64-linux",
}:
let
  inherit (import ../units.nix) described;

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

  # Every derivation with tools: bash, the sysroot's programs, attributes as bash arrays in `.attrs.sh`.
  mkDerivation =
    { script, ... }@attrs:
    derivation (
      removeAttrs attrs [ "script" ]
      // {
        inherit system;
        builder = "/bin/bash";
        args = [
          "-euo"
          "pipefail"
          script
        ];
        __structuredAttrs = true;
        sysroot = tree;
        searchPath = "/usr/bin";
      }
    );

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

  # of the variables that are for one target
  suffixOf = builtins.replaceStrings [ "-" ] [ "_" ];

  # Debian's cross compilers, as one would configure cargo and the crates cc and pkg-config for them.
  cross =
    target: gnu:
    {
      linker = "${gnu}-gcc";
      strip = "${gnu}-strip";
      environment = [
        "AR_${suffixOf target}=${gnu}-ar"
        "CC_${suffixOf target}=${gnu}-gcc"
        "CXX_${suffixOf target}=${gnu}-g++"
        "PKG_CONFIG_ALLOW_CROSS_${suffixOf target}=1"
        "PKG_CONFIG_LIBDIR_${suffixOf target}=/usr/lib/${gnu}/pkgconfig:/usr/share/pkgconfig"
        "RANLIB_${suffixOf target}=${gnu}-ranlib"
      ];
    };

  # For WebAssembly: clang, which is one compiler for all targets. rustc reads the archives of any `ar`.
  wasm =
    target:
    {
      environment = [
        "AR_${suffixOf target}=ar"
        "CC_${suffixOf target}=clang"
        "CXX_${suffixOf target}=clang++"
      ];
    };

  # Static programs with musl. Debian has that and a C compiler for it, but of Rust's standard library only the source.
  musl =
    target: gnu:
    {
      environment = [
        "AR_${suffixOf target}=ar"
        "CC_${suffixOf target}=musl-gcc"
        "RANLIB_${suffixOf target}=ranlib"
      ];
      rustflags = [ "--sysroot=${std target gnu}" ];
      standardLibrary = std target gnu;
    };

  std =
    target: gnu:
    let
      crates = map (
        { name, version, url, sha256 }:
        described
          {
            source = {
              ecosystem = "cargo";
              kind = "file";
              package = name;
              inherit version;
            };
          }
          (fetchurl {
            name = "crate-${name}-${version}.tar.gz";
            inherit url sha256;
          })
      ) standardLibrary;
    in
    described
      {
        unit = {
          ecosystem = "cargo";
          part = "standard-library";
          inherit target;
        };
        uses = crates;
      }
      (mkDerivation {
        name = "rust-std-${target}";
        script = ../std/build.bash;
        common = ../rust/common.bash;
        findObject = ../std/find-object.c;
        inherit target crates;
        musl = "/usr/lib/${gnu}";
      });

  platform = {
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
    # What targets need beyond rustc: the linker, what build scripts are told, and arguments of rustc's, as cargo's configuration would have them.
    targets = {
      aarch64-unknown-linux-gnu = cross "aarch64-unknown-linux-gnu" "aarch64-linux-gnu";
      wasm32-unknown-unknown = wasm "wasm32-unknown-unknown";
      wasm32-wasip1 = wasm "wasm32-wasip1";
      x86_64-unknown-linux-musl = musl "x86_64-unknown-linux-musl" "x86_64-linux-musl";
    };
    rustc = {
      path = "rustc";
      # the triple rustc itself was built for
      host =
        {
          x86_64-linux = "x86_64-unknown-linux-gnu";
          aarch64-linux = "aarch64-unknown-linux-gnu";
        }
        .${system};
    };
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
