{
  description = "A flake around a Cargo.nix";

  inputs.nixpkgs.url = "nixpkgs";

  outputs =
    { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" ];
      each =
        f:
        builtins.listToAttrs (
          map (system: {
            name = system;
            value = f nixpkgs.legacyPackages.${system};
          }) systems
        );
      cargoNix = pkgs: pkgs.callPackage ./Cargo.nix { };
    in
    {
      packages = each (pkgs: {
        default = (cargoNix pkgs).workspaceMembers.app.build;
      });
      apps = each (pkgs: {
        default = {
          type = "app";
          program = "${self.packages.${pkgs.stdenv.hostPlatform.system}.default}/bin/app";
        };
      });
      overlays.default = final: _previous: {
        app = (final.callPackage ./Cargo.nix { }).workspaceMembers.app.build;
      };
    };
}
