# What the plugin instantiates, all of it in one evaluation.
{
  # the generated Cargo.nix
  cargoNix,
  # nix-toolchain.lock.json, or its content
  toolchain,
  # the rustc triple to build for; by default that of the building machine
  target ? null,
  # the selection of features to build, one that Cargo.nix was generated for
  rootFeatures ? [ "default" ],
  # what test programs are started with
  testFlags ? [ ],
  # the user's rows of overrides, or null
  overrides ? null,
  # overrides as functions, as crate2nix and nixpkgs have them; they win over rows
  crateOverrides ? { },
  # the members to build, null for all; of a file that takes none of its own, such as crate2nix's, all are evaluated
  selectedMembers ? null,
  # the file that says which files git tracks, and what links between them lead to, or null
  localFiles ? null,
  # what is done with the members' artefacts: see post-steps.nix
  postSteps ? { },
  # the Cargo.nix of wasm-tools, for `postSteps.component`
  wasmTools ? null,
}:
let
  lock =
    if builtins.isAttrs toolchain then
      toolchain
    else
      builtins.fromJSON (builtins.readFile toolchain);
  platform = import ./platform/debian.nix {
    inherit (lock) sysroot;
    standardLibrary = lock.standardLibrary or [ ];
  };
  generated = import cargoNix;
  cargo = generated (builtins.intersectAttrs (builtins.functionArgs generated) {
    inherit selectedMembers;
    localFiles = if localFiles == null then { } else import localFiles;
  } // {
    inherit rootFeatures;
    defaultCrateOverrides = import ./overrides { own = overrides; } // crateOverrides;
    pkgs =
      platform.pkgs
      // (
        if target == null then
          { }
        else
          { stdenv = platform.pkgs.stdenv // { hostPlatform.rust.rustcTarget = target; }; }
      );
  });
  configured = builtins.listToAttrs (
    map (name: {
      inherit name;
      value = cargo.workspaceMembers.${name}.build.override { testCrateFlags = testFlags; };
    }) (builtins.attrNames cargo.workspaceMembers)
  );
  developed = builtins.listToAttrs (
    map
      (output: {
        name = output;
        value = builtins.mapAttrs (_: build: build.${output}) configured;
      })
      [
        "testResults"
        "tests"
        "examples"
        "benches"
        "clippy"
        "doc"
      ]
  );
  finished = import ./post-steps.nix {
    inherit platform;
    target = if target == null then platform.rustc.host else target;
    steps = postSteps;
    wasmTools =
      (import ./. {
        cargoNix = wasmTools;
        inherit toolchain;
        # what makes, checks and prints components
        rootFeatures = [
          "component"
          "validate"
        ];
      }).members.wasm-tools;
  };
in
{
  # MEMBER = what the member's root builds: `bin/`, `lib/`
  members = builtins.mapAttrs (_: member: finished member.build) cargo.workspaceMembers;
  # For each member: what its test programs said and how they ended; the same, which fails where a test did; and for developers its examples, benchmarks,
  # lints and documentation.
  inherit (developed)
    testResults
    tests
    examples
    benches
    clippy
    doc
    ;
  # all of them in one tree of links
  all = cargo.allWorkspaceMembers;
  # the sysroot the builds run in; its output is there or nothing can be built
  inherit (platform) sysroot;
}
