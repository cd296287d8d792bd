# Without any argument: pkgs are those on NIX_PATH.
(import ./Cargo.nix { }).workspaceMembers."app".build
