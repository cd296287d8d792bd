# Overrides for one build, on top of those there are.
with import <nixpkgs> { };
let
  base = callPackage ./Cargo.nix { };
in
base.workspaceMembers.app.build.override {
  crateOverrides = defaultCrateOverrides // {
    app = _: { extraRustcOpts = [ "--cfg=seen_by_all" ]; };
  };
}
