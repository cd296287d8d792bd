# Compiles one unit of a crate: its library, or one of its binaries.
source .attrs.sh
source "$common"

unpack
jobserver
gather "${dependencies[@]}"

# What the crate's own build script said, then what those of its dependencies said that reaches this far; see build-script.bash.
cfgs=() checkCfgs=() libs=() linkArguments=() outSearch=() otherSearch=() cdylibArguments=()
if [[ -n $buildScript ]]; then
  variables=()
  source "$buildScript/unit"
  environment+=("OUT_DIR=$buildScript/out" "${variables[@]}")
  arguments+=(--remap-path-prefix "$buildScript/out=/rust/out/$label")
  if [[ -s $buildScript/reach ]]; then
    source "$buildScript/reach"
    cdylibArguments=()
    scripts=("$buildScript" "${scripts[@]}")
  fi
fi
for script in "${scripts[@]}"; do
  [[ $script == "$buildScript" ]] || source "$script/reach"
done

for path in "${outSearch[@]}" "${otherSearch[@]}"; do
  arguments+=(-L "$path")
done
if [[ -n $linksLibraries ]]; then
  for lib in "${libs[@]}"; do
    arguments+=(-l "$lib")
  done
fi
for ((i = 0; i < ${#linkArguments[@]}; i += 2)); do
  case ${linkArguments[i]} in
    all) ;;
    cdylib) [[ -n $isCdylib ]] || continue ;;
    bins) [[ -n $binary ]] || continue ;;
    "bin $binary") ;;
    *) continue ;;
  esac
  arguments+=(-C "link-arg=${linkArguments[i + 1]}")
done
if [[ -n $isCdylib ]]; then
  for argument in "${cdylibArguments[@]}"; do
    arguments+=(-C "link-arg=$argument")
  done
fi
for cfg in "${cfgs[@]}"; do
  arguments+=(--cfg "$cfg")
done
for cfg in "${checkCfgs[@]}"; do
  arguments+=(--check-cfg "$cfg")
done

announce "$rustc" "${arguments[@]}"
env "${environment[@]}" "$rustc" "${arguments[@]}" || fail "could not compile $unit"

# What a dependent needs: a proc-macro is a finished program, everything else is linked together with its own dependencies.
if [[ -z $binary ]]; then
  libraries=("${files[@]/#/$out/}")
  if [[ -n $isProcMacro ]]; then
    scripts=()
  else
    libraries+=("${closure[@]}")
  fi
  {
    printf 'libraries+=(%q)\n' "${libraries[@]}"
    ((${#scripts[@]} == 0)) || printf 'reaching+=(%q)\n' "${scripts[@]}"
  } >"$out/closure"
fi
