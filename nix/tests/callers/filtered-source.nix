# Sources that are filtered further, and sources made of the folder that the file names.
{ pkgs ? import <nixpkgs> { } }:
let
  cargoNix = import ./Cargo.nix {
    inherit pkgs;
    defaultCrateOverrides = pkgs.defaultCrateOverrides // {
      app = attrs: {
        src = pkgs.lib.cleanSourceWith {
          inherit (attrs) src;
          filter = path: _type: builtins.match ".*/tests" path == null;
        };
      };
      greeting = attrs: {
        src = builtins.path {
          path = attrs.src.origSrc;
          name = "greeting";
        };
      };
    };
  };
in
cargoNix.workspaceMembers.app.build
