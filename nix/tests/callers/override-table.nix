# The override table, with rows of the project's own, as overrides of nixpkgs.
{
  pkgs ? import <nixpkgs> { },
  # the folder nix/overrides of this repository
  table,
}:
let
  cargoNix = import ./Cargo.nix {
    inherit pkgs;
    defaultCrateOverrides =
      pkgs.defaultCrateOverrides
      // import table {
        inherit pkgs;
        own = ./nix-overrides.toml;
      };
  };
in
cargoNix.workspaceMembers.app.build
