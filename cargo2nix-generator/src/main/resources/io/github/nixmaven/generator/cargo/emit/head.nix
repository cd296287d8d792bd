{
  nixpkgs ? <nixpkgs>,
  pkgs ? import nixpkgs { config = { }; },
  lib ? pkgs.lib,
  stdenv ? pkgs.stdenv,
  fetchurl ? pkgs.fetchurl,
  buildRustCrateForPkgs ? pkgs: pkgs.buildRustCrate,
  defaultCrateOverrides ? pkgs.defaultCrateOverrides,
  # The features of the workspace members that are built; a combination that was not generated is an error.
  rootFeatures ? [ "default" ],
  release ? true,
  targetFeatures ? [ ],
  extraTargetFlags ? { },
  strictDeprecation ? false,
  crateConfig ? { },
}:
let
