# A member and all it needs by a builder of the caller's own, as `internal` gives them by name, and one derivation of theirs changed.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = pkgs.callPackage ./Cargo.nix { rootFeatures = [ ]; };
  built = cargoNix.internal.builtRustCratesWithFeatures {
    packageId = "app";
    features = [ "default" ];
    buildRustCrateForPkgsFunc =
      pkgs: crate: pkgs.buildRustCrate (crate // { extraRustcOpts = crate.extraRustcOpts or [ ] ++ [ "--cfg=seen_by_all" ]; });
    runTests = false;
  };
in
{
  app = built.crates.app;
  # the tests of a member, compiled with what they need
  tests =
    (cargoNix.internal.builtRustCratesWithFeatures {
      packageId = "greeting";
      features = [ "default" ];
      buildRustCrateForPkgsFunc = pkgs: pkgs.buildRustCrate;
      runTests = true;
    }).crates.greeting.override
      { buildTests = true; };
}
