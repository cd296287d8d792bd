# A member's WebAssembly library as a component, laid out to be run from anywhere:
#
#     lib/NAME.wasm   the component
#     wit/NAME.wit    what it exports and imports, as WIT
#     assets/         as declared
#     MANIFEST        as declared, with @out@ replaced by where all of this is
source .attrs.sh
export PATH=$searchPath:$wasmTools/bin HOME=/homeless-shelter LC_ALL=C.UTF-8
out=${outputs[out]}
# Nix leaves what a failing build has put at its output's place, where it would be taken for a result.
made=$NIX_BUILD_TOP/made

run() {
  printf 'Running `%s`\n' "$*" >&2
  "$@"
}

shopt -s nullglob
modules=("$build"/lib/*.wasm)
((${#modules[@]})) || {
  echo "error: there is no WebAssembly library to make a component of" >&2
  echo 'help: add crate-type = ["cdylib"] to [lib] in Cargo.toml' >&2
  exit 1
}
mkdir -p "$made/lib" "$made/wit"
adapt=()
[[ -z $adapter ]] || adapt=(--adapt "wasi_snapshot_preview1=$adapter")
for module in "${modules[@]}"; do
  name=${module##*/}
  core=$module
  # wit-bindgen leaves the world in the module; where nothing did, it is the declared one.
  if ! grep -q 'component-type' "$module"; then
    core=$NIX_BUILD_TOP/$name
    run wasm-tools component embed "$wit" --world "$world" "$module" -o "$core"
  fi
  run wasm-tools component new "$core" "${adapt[@]}" -o "$made/lib/$name"
  run wasm-tools validate --features component-model "$made/lib/$name"
  run wasm-tools component targets "$wit" --world "$world" "$made/lib/$name"
  run wasm-tools component wit "$made/lib/$name" -o "$made/wit/${name%.wasm}.wit"
done
[[ -z $assets ]] || cp -r --no-preserve=mode -- "$assets" "$made/assets"
[[ -z $manifest ]] || {
  text=$(<"$manifest")
  printf '%s\n' "${text//@out@/"$out"}" >"$made/$manifestName"
}
cp -rT -- "$made" "$out"
