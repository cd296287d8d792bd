# A build that writes what it can see and do, and one that depends on another.
{ sysroot }:
let
  platform = import ../platform/debian.nix { sysroot = builtins.storePath sysroot; };
  made = platform.mkDerivation {
    name = "launcher-input";
    script = builtins.toFile "input.bash" ''
      source .attrs.sh
      echo text >"''${outputs[out]}/file"
    '';
  };
in
platform.mkDerivation {
  name = "launcher-probe";
  script = ./launcher-probe.bash;
  input = made;
}
