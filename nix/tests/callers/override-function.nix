# A function of what was chosen before, as lib.makeOverridable takes it.
{ pkgs ? import <nixpkgs> { } }:
let
  build = (import ./Cargo.nix { inherit pkgs; }).workspaceMembers.app.build;
  loud = build.override (old: { features = old.features ++ [ "loud" ]; });
in
loud.override (
  { crateOverrides, ... }:
  {
    crateOverrides = crateOverrides // {
      app = _: { extraRustcOpts = [ "--cfg=seen_by_all" ]; };
    };
  }
)
