# What registered.dump registers, made by a builder that every Nix has in itself: an output that refers to two sources.
let
  source = builtins.path {
    name = "source";
    path = ./registered;
  };
in
derivation {
  name = "registered";
  system = "x86_64-linux";
  builder = "builtin:buildenv";
  # Whether it is active, its priority, how many outputs, and these.
  derivations = "true 5 1 ${source}";
  manifest = builtins.toFile "manifest" "text";
}
