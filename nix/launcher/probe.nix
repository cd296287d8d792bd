# What a build can see of the machine, a sentence a line, and the nonce at the end: for nix:build, which does not call builds hermetic before it has looked.
{
  # the store path of the sysroot
  sysroot,
  # makes this a derivation that was never built
  nonce,
  # where something listens on the machine's loopback network
  port,
  # a file of the machine
  marker,
}:
(import ../platform/debian.nix { sysroot = builtins.storePath sysroot; }).mkDerivation {
  name = "sandbox-probe";
  inherit
    nonce
    port
    marker
    sysroot
    ;
  input = builtins.toFile "sandbox-probe-input" "text";
  script = ./probe.bash;
}
