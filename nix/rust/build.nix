# A cargo workspace as nix-builder asks for it: with the arguments that all ecosystems share.
{
  # the generated Cargo.nix
  file,
  toolchain,
  target,
  # the members to evaluate, null for all
  selectedMembers,
  overrides,
  testFlags,
  postSteps,
  wasmTools ? null,
  localFiles ? null,
}:
import ../. {
  cargoNix = file;
  inherit
    toolchain
    target
    selectedMembers
    overrides
    testFlags
    postSteps
    wasmTools
    localFiles
    ;
}
