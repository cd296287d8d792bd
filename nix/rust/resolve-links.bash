# Copies a package's folder with what its links lead to in the place of those that lead out of it.
source .attrs.sh
source "$common"

cp -rT --no-preserve=ownership,timestamps -- "$base" "$out"
chmod -R u+w -- "$out"
for i in "${!places[@]}"; do
  place=$out/${places[i]}
  # not every link of the folder is in the sources
  [[ -L $place ]] || continue
  rm -- "$place"
  cp -rT --no-preserve=ownership,timestamps -- "${targets[i]}" "$place"
done
