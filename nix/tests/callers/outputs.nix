# What callers take out of a build: its library, its name, its version, and a derivation of their own around it.
{ pkgs ? import <nixpkgs> { } }:
let
  inherit ((pkgs.callPackage ./Cargo.nix { }).workspaceMembers) app greeting;
in
pkgs.runCommand "${app.build.crateName}-${app.build.version}-bundle" { } ''
  mkdir -p $out
  cp ${app.build}/bin/app $out/program
  cp ${greeting.build.lib}/*.rlib ${greeting.build.lib}/lib/*.rlib $out/ 2> /dev/null || true
''
