# Documents a crate as `cargo doc --no-deps` does.
source .attrs.sh
source "$common"

unpack
gather "${dependencies[@]}"

cfgs=() checkCfgs=() variables=()
if [[ -n $buildScript ]]; then
  source "$buildScript/unit"
  environment+=("OUT_DIR=$buildScript/out" "${variables[@]}")
fi
more=()
for cfg in "${cfgs[@]}"; do
  more+=(--cfg "$cfg")
done
for cfg in "${checkCfgs[@]}"; do
  more+=(--check-cfg "$cfg")
done

# The commands, each with a semicolon behind it.
command=()
for word in "${commands[@]}"; do
  if [[ $word != ";" ]]; then
    command+=("$word")
  else
    announce "${command[@]}" "${more[@]}"
    env "${environment[@]}" "${command[@]}" "${more[@]}" || fail "could not document \`$label\`"
    command=()
  fi
done
