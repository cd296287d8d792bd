# A cargo workspace as nix-builder asks for it: with the arguments that all ecosystems share.
{
  # the generated Cargo.nix
  file,
  toolchain,
  target,
  overrides,
  testFlags,
  postSteps,
  wasmTools ? null,
}:
import ../. {
  cargoNix = file;
  inherit
    toolchain
    target
    overrides
    testFlags
    postSteps
    wasmTools
    ;
}
