# Documents a crate as `cargo doc --no-deps` does.
source .attrs.sh
source "$common"
source "$packageFolders"

unpack
gather "${dependencies[@]}"
for call in "${expanding[@]}"; do eval "$call"; done

cfgs=() checkCfgs=() variables=() beside=()
if [[ -n $buildScript ]]; then
  source "$buildScript/unit"
  for call in "${beside[@]}"; do eval "$call"; done
  environment+=("OUT_DIR=$buildScript/out" "${variables[@]}")
fi
conditions

# The commands, each with a semicolon behind it; none where there is nothing to document.
mkdir -p "${outputs[out]}"
command=()
for word in "${commands[@]}"; do
  if [[ $word != ";" ]]; then
    command+=("$word")
  else
    announce "${command[@]}" "${conditions[@]}"
    env "${environment[@]}" "${command[@]}" "${conditions[@]}" || fail "could not document \`$label\`"
    command=()
  fi
done
