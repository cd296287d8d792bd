# Written by hand like everything/tables.nix: each feature of `broken` is a selection of its own.
{
  pkgs,
  stdenv ? pkgs.stdenv,
  fetchurl ? pkgs.fetchurl,
  buildRustCrateForPkgs ? pkgs: pkgs.buildRustCrate,
  defaultCrateOverrides ? pkgs.defaultCrateOverrides,
  rootFeatures ? [ "error" ],
  resolution ? "member",
  selectedMembers ? null,
  localFiles ? { },
  release ? true,
  targetFeatures ? [ ],
  extraTargetFlags ? { },
  strictDeprecation ? false,
}:
let
  registries = { };
  cases = [
    "error"
    "panics"
    "unknown-key"
    "no-value"
    "no-value-old"
    "no-metadata"
    "flag-without-value"
    "error-and-more"
    "flags"
    "bootstrap"
    "bin-form"
    "no-such-bin"
    "env-form"
    "library"
  ];
  crates = {
    "broken 0.1.0" = {
      member = true;
      crateName = "broken";
      version = "0.1.0";
      edition = "2021";
      path = ".";
      build = "build.rs";
      declaredFeatures = builtins.sort builtins.lessThan cases;
      crateBin = [
        {
          name = "broken";
          path = "src/main.rs";
        }
      ];
    };
    "old 0.1.0" = {
      member = true;
      crateName = "old";
      version = "0.1.0";
      edition = "2021";
      path = "old";
      rust-version = "1.70";
      build = "build.rs";
      libName = "old";
      libPath = "src/lib.rs";
    };
  };
  nodes = {
    "old 0.1.0".crate = "old 0.1.0";
  }
  // builtins.listToAttrs (
    map (case: {
      name = "broken 0.1.0 ${case}";
      value = {
        crate = "broken 0.1.0";
        features = [ case ];
      };
    }) cases
  );
  tests = null;
  profiles = {
    target.optLevel = "3";
    host = { };
  };
  scope = {
    hosts = [ "x86_64-unknown-linux-gnu" ];
    targets = [ "x86_64-unknown-linux-gnu" ];
    selections = cases;
  };
  members = {
    broken = {
      binaries = [ "broken" ];
      otherwise = map (case: {
        when.selections = [ case ];
        node = "broken 0.1.0 ${case}";
      }) cases;
    };
    old.node = "old 0.1.0";
  };
  usualLto = "object";
