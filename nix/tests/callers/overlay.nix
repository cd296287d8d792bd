# In an overlay, where the file's arguments come from the final set of packages.
(import <nixpkgs> {
  overlays = [
    (_final: previous: {
      defaultCrateOverrides = previous.defaultCrateOverrides // {
        app = _: { extraRustcOpts = [ "--cfg=seen_by_all" ]; };
      };
    })
    (final: _previous: {
      app = (final.callPackage ./Cargo.nix { }).workspaceMembers.app.build;
    })
  ];
}).app
