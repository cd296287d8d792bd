{
  nixpkgs ? <nixpkgs>,
  pkgs ? import nixpkgs { config = { }; },
  lib ? pkgs.lib,
  stdenv ? pkgs.stdenv,
  fetchurl ? pkgs.fetchurl,
  buildRustCrateForPkgs ? pkgs: pkgs.buildRustCrate,
  defaultCrateOverrides ? pkgs.defaultCrateOverrides,
  # The features of the workspace members that are built: [ ] for none, [ "all" ] for all. What was not generated is an error.
  rootFeatures ? [ "default" ],
  # "member": each member as `cargo build -p MEMBER` builds it. "workspace": all together as `cargo build --workspace` does, with one set of features
  # for each of their dependencies.
  resolution ? "member",
  # The members that are wanted, null for all. The others are still there, but only these are evaluated together: with a thousand members, one alone is quick.
  selectedMembers ? null,
  # What git says of files on this disk, { tracked; links; }: nix-builder reads its index, which Nix cannot. In a flake Nix has looked already.
  localFiles ? { },
  release ? true,
  # rustc's target features that are switched on in what is built for the target.
  targetFeatures ? [ ],
  # crate2nix's; conditions were evaluated with rustc's own facts when this file was generated.
  extraTargetFlags ? { },
  strictDeprecation ? false,
  crateConfig ? { },
}:
let
