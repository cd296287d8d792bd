# The environment that tells a build script its target: CARGO_CFG_<KEY>=<value>,<value>… for each line of `rustc --print cfg`, as cargo forms it.
source .attrs.sh
export PATH=${searchPath-$PATH} HOME=/homeless-shelter LC_ALL=C.UTF-8

mkdir -p "${outputs[out]}"
declare -A values=()
mapfile -t lines < <("${query[@]}")
for line in "${lines[@]}"; do
  key=${line%%=*}
  # follows the profile, not the target
  [[ $key != debug_assertions ]] || continue
  value=
  if [[ $line == *=* ]]; then
    value=${line#*=\"}
    value=${value%\"}
    [[ -v values[$key] ]] && value=${values[$key]},$value
  fi
  values[$key]=$value
done
((${#values[@]})) || {
  echo "error: \`${query[*]}\` printed nothing" >&2
  exit 1
}
for key in "${!values[@]}"; do
  name=${key^^}
  printf 'environment+=(%q)\n' "CARGO_CFG_${name//-/_}=${values[$key]}"
done | sort >"${outputs[out]}/environment"
