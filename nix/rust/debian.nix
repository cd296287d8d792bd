# What a platform says of Rust, on Debian: the compiler, and what targets need beside it.
{
  # of the platform: see nix/platform/debian.nix
  fetchurl,
  mkDerivation,
  standardLibrary,
  system,
}:
let
  inherit (import ../units.nix) described;

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
        common = ./common.bash;
        findObject = ../std/find-object.c;
        inherit target crates;
        musl = "/usr/lib/${gnu}";
      });
in
{
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
}
