# Another compiler, and overrides in the builder itself.
{ pkgs ? import <nixpkgs> { }, rustc ? pkgs.rustc }:
let
  buildRustCrateForPkgs =
    pkgs:
    pkgs.buildRustCrate.override {
      inherit rustc;
      defaultCrateOverrides = pkgs.defaultCrateOverrides // {
        app = _: { extraRustcOpts = [ "--cfg=seen_by_all" ]; };
      };
    };
  cargoNix = pkgs.callPackage ./Cargo.nix { inherit buildRustCrateForPkgs; };
in
cargoNix.workspaceMembers.app.build
