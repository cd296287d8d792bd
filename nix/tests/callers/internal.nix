# What callers take out of `internal`: versions, sources, and crates that are no members.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = pkgs.callPackage ./Cargo.nix { };
  inherit (cargoNix) internal;
in
{
  version = internal.crates.app.version;
  ids = builtins.attrNames internal.crates;
  packageId = cargoNix.workspaceMembers.app.packageId;
  manifest = builtins.readFile (internal.crates.greeting.src + "/Cargo.toml");
  # every crate with an override, by name
  overridden = builtins.attrNames (builtins.mapAttrs (_: crate: _: { inherit (crate) crateName; }) internal.crates);
  member = (internal.buildRustCrateWithFeatures { packageId = "app"; features = [ "loud" ]; }).crateName;
  dependency = (internal.buildRustCrateWithFeatures { packageId = "words 2.0.0"; }).version;
}
