# What callers take out of `internal` and `debug`: versions, sources, features, crates that are no members, and all crates by a builder of their own.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = pkgs.callPackage ./Cargo.nix { };
  inherit (cargoNix) internal;
  debug = cargoNix.workspaceMembers.app.debug.internal;
  built =
    features:
    internal.builtRustCratesWithFeatures {
      packageId = "app";
      inherit features;
      buildRustCrateForPkgsFunc = pkgs: pkgs.buildRustCrate;
      crateConfigs = internal.crates;
      runTests = false;
    };
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
  changedDependency =
    (internal.buildRustCrateWithFeatures {
      packageId = "words 2.0.0";
      features = [ ];
      crateOverrides = pkgs.defaultCrateOverrides // {
        words = _: { version = "2.0.0-changed"; };
      };
    }).version;
  needed = map (dependency: "${dependency.rename or dependency.name} ${dependency.packageId}") internal.crates.app.dependencies;
  features = internal.mergePackageFeatures {
    packageId = "app";
    features = [ "default" "loud" ];
    target = internal.makeDefaultTarget pkgs.stdenv.hostPlatform // {
      test = false;
    };
  };
  builtIds = builtins.attrNames (built [ "default" ]).crates;
  builtFeatures = (built [ ]).crates.app.crateName;
  # as crate2nix's own tests write them into files
  debug = builtins.mapAttrs (_: value: builtins.stringLength (builtins.toJSON value) > 1) debug;
  merged = debug.mergedPackageFeatures;
  tree = map (crate: crate."01_crateName") debug.dependencyTree."03_dependencies";
  sources = builtins.isString debug.sanitizedBuildTree.src;
}
