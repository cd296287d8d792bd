# Compiles one unit of a crate: its library, one of its binaries, its build script, or a test, example or benchmark. Or runs its build script, alone or before its
# library is compiled.
source .attrs.sh
source "$common"
source "$packageFolders"
source "$compile"

unpack
jobserver

run() {
  local out=$buildScript
  local -a environment=("${runEnvironment[@]}" "$makeflags")
  local description="$package v$version"
  mkdir -p "$out/out"
  source "$runBuildScript"
  source "$readOutput"
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
  # Crates such as openssl-src say where they lie, by env!("CARGO_MANIFEST_DIR").
  if [[ -n $runsInBuild ]] && LC_ALL=C grep -qF "${folders[@]/#/-e$NIX_BUILD_TOP/}" -- "${libraries[@]}"; then
    naming named "$(foldersIn -a "${libraries[@]}")" "${folders[@]}"
  fi
  [[ -n $runBuildScript || ! -e $buildScript/written ]] || written+=("$buildScript")
  if [[ -n $isProcMacro ]]; then
    scripts=() expanding=("${named[@]}") named=()
  else
    libraries+=("${closure[@]}")
  fi
  {
    keep libraries "${libraries[@]}"
    keep reaching "${scripts[@]}"
    keep naming "${named[@]}"
    keep macros "${expanding[@]}"
    keep writing "${written[@]}"
  } >"$out/closure"
elif [[ -n $isBuildScript ]]; then
  keep named "${named[@]}" >"$out/named"
fi
