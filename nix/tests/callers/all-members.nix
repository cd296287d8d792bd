# Every member: in one tree, each by itself, and some of them in a tree of the caller's.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = import ./Cargo.nix { inherit pkgs; };
  each = builtins.mapAttrs (_name: member: member.build) cargoNix.workspaceMembers;
in
{
  all = cargoNix.allWorkspaceMembers;
  inherit (each) app greeting plugin;
  some = pkgs.symlinkJoin {
    name = "some";
    paths = map (name: cargoNix.workspaceMembers.${name}.build) [ "app" "plugin" ];
  };
}
