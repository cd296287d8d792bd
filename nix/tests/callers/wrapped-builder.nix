# A builder of the caller's own around the one there is.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = import ./Cargo.nix {
    inherit pkgs;
    buildRustCrateForPkgs =
      pkgs: crate: pkgs.buildRustCrate (crate // { extraRustcOpts = (crate.extraRustcOpts or [ ]) ++ [ "--cfg=seen_by_all" ]; });
  };
in
cargoNix.workspaceMembers.app.build
