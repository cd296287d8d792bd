# A platform: where a build's tools come from. This one: nixpkgs. Builds run in its stdenv, so that compiler wrappers, setup hooks and what overrides say
# of `buildInputs` and `nativeBuildInputs` count as in any of its packages.
#
#     import ./Cargo.nix {
#       inherit pkgs;
#       buildRustCrateForPkgs = pkgs: import NIX/rust (import NIX/platform/nixpkgs.nix { inherit pkgs; });
#     }
{
  pkgs,
  rustc ? pkgs.buildPackages.rustc,
  cargo ? pkgs.buildPackages.cargo,
}:
let
  inherit (pkgs) stdenv;
  inherit (stdenv) buildPlatform hostPlatform;
  isCross = buildPlatform.rust.rustcTarget != hostPlatform.rust.rustcTarget;

  # As nix/platform/debian.nix has it for Debian's cross compilers.
  cross =
    let
      inherit (stdenv) cc;
      suffix = builtins.replaceStrings [ "-" ] [ "_" ] hostPlatform.rust.rustcTarget;
      tool = name: "${cc}/bin/${cc.targetPrefix}${name}";
    in
    {
      linker = tool "cc";
      strip = tool "strip";
      environment = [
        "AR_${suffix}=${tool "ar"}"
        "CC_${suffix}=${tool "cc"}"
        "CXX_${suffix}=${tool "c++"}"
        "PKG_CONFIG_ALLOW_CROSS_${suffix}=1"
        "RANLIB_${suffix}=${tool "ranlib"}"
      ];
    };
in
{
  inherit (buildPlatform) system;

  # { script, … } -> derivation. stdenv's own builder does what its inputs' hooks say, and then runs the script instead of its phases.
  mkDerivation =
    {
      script,
      nativeBuildInputs ? [ ],
      ...
    }@attrs:
    stdenv.mkDerivation (
      removeAttrs attrs [ "script" ]
      // {
        __structuredAttrs = true;
        buildCommandPath = script;
        nativeBuildInputs = [
          rustc
          pkgs.buildPackages.perl
        ]
        ++ nativeBuildInputs;
      }
      # build scripts and procedural macros are for the machine that builds
      // (if isCross then { depsBuildBuild = [ pkgs.pkgsBuildBuild.stdenv.cc ]; } else { })
    );

  targets = if isCross then { ${hostPlatform.rust.rustcTarget} = cross; } else { };

  # Tells toolchains apart in symbol names.
  toolchainId = builtins.unsafeDiscardStringContext (baseNameOf (toString rustc));
  rustc = {
    path = "${rustc}/bin/rustc";
    # the triple rustc itself was built for
    host = buildPlatform.rust.rustcTarget;
  };
  cargo = "${cargo}/bin/cargo";
}
