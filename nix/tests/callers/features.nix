# Features for all members, and others for one of them.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = import ./Cargo.nix {
    inherit pkgs;
    rootFeatures = [ "default" "loud" ];
  };
in
{
  loud = cargoNix.workspaceMembers.app.build;
  bare = cargoNix.workspaceMembers.app.build.override { features = [ ]; };
}
