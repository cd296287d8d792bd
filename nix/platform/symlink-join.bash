# Several outputs as one tree of links.
source .attrs.sh
export PATH=$searchPath
for path in "${paths[@]}"; do
  cp -rsf --no-preserve=mode "$path/." "${outputs[out]}"
done
