# Tests that want a program, a variable and one of them left out.
{ pkgs ? import <nixpkgs> { }, skip ? "skipped" }:
let
  cargoNix = pkgs.callPackage ./Cargo.nix { release = true; };
  helper = pkgs.writeShellScriptBin "helper" "exit 0";
in
cargoNix.workspaceMembers.app.build.override {
  runTests = true;
  testInputs = [ helper ];
  testCrateFlags = [ "--skip" skip ];
  testPreRun = ''
    export PREPARED=yes
  '';
  testPostRun = ''
    echo "ran $f"
  '';
}
