# Compiles one unit of a crate: its library, one of its binaries, or a test, example or benchmark.
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
    "bin $binary" | "$program") ;;
    *) continue ;;
  esac
  arguments+=(-C "link-arg=${linkArguments[i + 1]}")
done
if [[ -n $isCdylib ]]; then
  for argument in "${cdylibArguments[@]}"; do
    arguments+=(-C "link-arg=$argument")
  done
fi
conditions
arguments+=("${conditions[@]}")

announce "$rustc" "${arguments[@]}"
if [[ $program == clippy ]]; then
  type -P "$rustc" >/dev/null ||
    fail "the toolchain has no $rustc" "help: add Debian's package \`rust-clippy\` to the toolchain's packages and run \`mvn nix:toolchain\`"
  mkdir "$out"
  env "${environment[@]}" "$rustc" "${arguments[@]}" 2>"$out/report" || {
    cat "$out/report" >&2
    fail "could not check $unit"
  }
  cat "$out/report" >&2
  sed -i 's/\x1b\[[0-9;]*m//g' "$out/report"
else
  env "${environment[@]}" "$rustc" "${arguments[@]}" || fail "could not compile $unit"
fi

# What a dependent needs: a proc-macro is a finished program, everything else is linked together with its own dependencies.
if [[ -z $binary$program ]]; then
  libraries=("${files[@]/#/$out/}")
  if [[ -n $isProcMacro ]]; then
    scripts=()
  else
    libraries+=("${closure[@]}")
  fi
  # Crates such as openssl-src hand a build script the folder they lie in, by env!("CARGO_MANIFEST_DIR").
  if [[ -n $runsInBuild ]] && LC_ALL=C grep -qF -- "$packageFolder" "${files[@]/#/$out/}"; then
    printf -v command '%q ' place "$src" "$folder" "$packageFolder" "${patches[@]}"
    sources+=("$command")
  fi
  {
    printf 'libraries+=(%q)\n' "${libraries[@]}"
    ((${#scripts[@]} == 0)) || printf 'reaching+=(%q)\n' "${scripts[@]}"
    ((${#sources[@]} == 0)) || printf 'named+=(%q)\n' "${sources[@]}"
  } >"$out/closure"
elif [[ -n $isBuildScript ]]; then
  ((${#sources[@]} == 0)) || printf '%s\n' "${sources[@]}" >"$out/sources"
fi
