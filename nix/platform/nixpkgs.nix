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
in
{
  inherit (stdenv.buildPlatform) system;

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
    );

  # Tells toolchains apart in symbol names.
  toolchainId = builtins.unsafeDiscardStringContext (baseNameOf (toString rustc));
  rustc = {
    path = "${rustc}/bin/rustc";
    # the triple rustc itself was built for
    host = stdenv.buildPlatform.rust.rustcTarget;
  };
  cargo = "${cargo}/bin/cargo";
}
