# A member's artefacts, optimised and without symbols as asked for.
source .attrs.sh
export PATH=$searchPath HOME=/homeless-shelter LC_ALL=C.UTF-8
out=${outputs[out]}

cp -rT -- "$build" "$out"
chmod -R u+w -- "$out"
while IFS= read -r -d '' file; do
  read -r -n 4 -d '' magic <"$file" || true
  arguments=()
  case $file in
    *.wasm)
      arguments=(wasm-opt "$file" -o "$file" "${wasmOpt[@]}")
      # takes away what is for debuggers and people; the interface of a future component stays
      [[ -z $strip ]] || arguments+=(--strip-debug --strip-producers)
      ;;
    *.a) arguments=(${strip:+"$strip" --strip-debug "$file"}) ;;
    *.so) arguments=(${strip:+"$strip" --strip-unneeded "$file"}) ;;
    */bin/*) [[ $magic != $'\x7fELF' ]] || arguments=(${strip:+"$strip" --strip-all "$file"}) ;;
  esac
  ((${#arguments[@]})) || continue
  printf 'Running `%s`\n' "${arguments[*]}" >&2
  "${arguments[@]}"
done < <(find "$out" -type f -print0 | sort -z)
