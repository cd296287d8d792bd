# Compiles one unit of a crate: its library, one of its binaries, its build script, or a test, example or benchmark. Or runs its build script, alone or before its
# library is compiled.
source .attrs.sh
source "$common"
source "$compile"

unpack
jobserver

run() {
  local out=$buildScript
  local -a environment=("${runEnvironment[@]}" "$makeflags")
  source "$runBuildScript"
}
if [[ -n $runBuildScript ]]; then
  run
  ((${#arguments[@]})) || exit 0
fi

environment+=("$makeflags")
compile

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
