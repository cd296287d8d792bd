# What `mvn nix:build` instantiates.
{
  # the generated Cargo.nix
  cargoNix,
  # nix-toolchain.lock.json, or its content
  toolchain,
  # the rustc triple to build for; by default the machine's own
  target ? null,
}:
let
  lock =
    if builtins.isAttrs toolchain then
      toolchain
    else
      builtins.fromJSON (builtins.readFile toolchain);
  platform = import ./platform/debian.nix { inherit (lock) sysroot; };
  cargo = import cargoNix {
    pkgs =
      if target == null then
        platform.pkgs
      else
        platform.pkgs // { stdenv.hostPlatform = platform.pkgs.stdenv.hostPlatform // { rust.rustcTarget = target; }; };
  };
in
{
  members = builtins.mapAttrs (_: member: member.build) cargo.workspaceMembers;
  all = cargo.allWorkspaceMembers;
  inherit (platform) sysroot;
}
