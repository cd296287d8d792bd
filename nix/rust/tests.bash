# Fails where a test failed, with what it said.
source .attrs.sh
export PATH=${searchPath-$PATH}
out=${outputs[out]}

shopt -s nullglob
failed=()
for folder in "$results"/*/; do
  folder=${folder%/}
  status=$(<"$folder/status")
  echo "--- ${folder##*/}"
  cat -- "$folder/stdout"
  if ((status)); then
    cat -- "$folder/stderr"
    failed+=("${folder##*/} (exit status $status)")
  fi
done >&2
if ((${#failed[@]})); then
  printf 'error: tests failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
cp -rT -- "$results" "$out"
