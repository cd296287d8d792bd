call() {
  echo "rustc $*"
  "$rustc/bin/rustc" "$@"
}
if [[ -z $buildTests ]]; then
  mkdir -p "$out/bin" "$lib/lib"
  own=()
  if [[ -n $libPath ]]; then
    call --crate-name "$libraryName" "$libPath" $types $common -C "extra-filename=-$metadata" --out-dir "$lib/lib"
    [[ $types == *proc-macro* ]] || own=(--extern "$libraryName=$lib/lib/lib$libraryName-$metadata.rlib")
  fi
  for program in $programs; do
    call --crate-name "${program%%=*}" "${program#*=}" $common "${own[@]}" -o "$out/bin/${program%%=*}"
  done
else
  mkdir -p "$out/tests"
  own=()
  if [[ -n $libPath ]]; then
    call --test --crate-name "$libraryName" "$libPath" $common -o "$out/tests/$libraryName"
    call --crate-name "$libraryName" "$libPath" --crate-type=lib $common --out-dir .
    own=(--extern "$libraryName=lib$libraryName.rlib")
  fi
  for file in tests/*.rs; do
    [[ ! -e $file ]] || call --test --crate-name "$(basename "$file" .rs)" "$file" $common "${own[@]}" -o "$out/tests/$(basename "$file" .rs)"
  done
fi
