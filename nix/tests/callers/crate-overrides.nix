# Overrides for all crates, as an argument of the file.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = import ./Cargo.nix {
    inherit pkgs;
    defaultCrateOverrides = pkgs.defaultCrateOverrides // {
      app = attrs: { extraRustcOpts = (attrs.extraRustcOpts or [ ]) ++ [ "--cfg=seen_by_all" ]; };
    };
  };
in
cargoNix.workspaceMembers.app.build
