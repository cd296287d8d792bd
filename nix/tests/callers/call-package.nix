# By callPackage, without any argument of its own.
{ pkgs ? import <nixpkgs> { } }:
(pkgs.callPackage ./Cargo.nix { }).workspaceMembers.app.build
