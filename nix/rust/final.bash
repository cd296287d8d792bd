# A root's artefacts under the names cargo gives them in target/release. Copies: a link would keep every library of the build alive.
source .attrs.sh
export PATH=${searchPath-$PATH}
out=${outputs[out]}

mkdir -p "$out"
for i in "${!to[@]}"; do
  mkdir -p "$out/${to[i]%/*}"
  cp -- "${from[i]}" "$out/${to[i]}"
  chmod u+w "$out/${to[i]}"
  perl "$weakVersions" "$out/${to[i]}"
done
