# What all test programs of a member said: results.json names the folders, in cargo's order.
source .attrs.sh
export PATH=${searchPath-$PATH}
out=${outputs[out]}

mkdir -p "$out"
printf '%s\n' "$index" >"$out/results.json"
for i in "${!runs[@]}"; do
  cp -r -- "${runs[i]}" "$out/${folders[i]}"
done
