# Sourced by crate.bash after a package's build script ran. Keeps in the folder `out` what the script made and what it said, which is in `directives`:
#
#     out/       OUT_DIR
#     unit       what holds for the package's own units: cfgs, checkCfgs, libs, linkArguments (kind, argument, …), variables, beside
#     reach      what holds for everything linked with it: outSearch, otherSearch, cdylibArguments, linking; empty if there is nothing
#     metadata   for the build scripts of dependents: metadata (key, value, …), told
#     written/   where it wrote into the sources: `files`, each where it lies, and `removed`, which names what is there no more
#
# `beside`, `linking` and `told` are calls of layOut for the packages whose folders the rest names. Three of them are bash, to be sourced. Directives are
# read as cargo's BuildOutput::parse reads them.
whence="build script of \`$description\`"
reserved='^(rustc-(flags|link-lib|link-search|link-arg-cdylib|cdylib-link-arg|link-arg-bins|link-arg-bin|link-arg-tests|link-arg-benches|link-arg-examples'
reserved+='|link-arg|cfg|check-cfg|env)|warning|rerun-if-changed|rerun-if-env-changed)='

book='See "Outputs of the Build Script" in the Cargo book for more information about build script outputs.'

cfgs=() checkCfgs=() libs=() linkArguments=() variables=() metadata=() outSearch=() otherSearch=() cdylibArguments=()

search() {
  local path=$1
  case $path in
    native=* | crate=* | dependency=* | framework=* | all=*) path=${path#*=} ;;
  esac
  if [[ $path == "$out/out" || $path == "$out/out/"* ]]; then
    outSearch+=("$1")
  else
    otherSearch+=("$1")
  fi
}

flags() {
  local -a words
  read -ra words <<<"$1"
  set -- "${words[@]}"
  local flag value
  while (($#)); do
    flag=${1:0:2} value=${1:2}
    [[ $flag == -[lL] ]] || fail "only \`-l\` and \`-L\` flags are allowed in $whence: \`${words[*]}\`"
    if [[ -z $value ]]; then
      (($# > 1)) || fail "flag in rustc-flags has no value in $whence: ${words[*]}"
      shift
      value=$1
    fi
    if [[ $flag == -l ]]; then libs+=("$value"); else search "$value"; fi
    shift
  done
}

# needs_value LINE SYNTAX
needs_value() {
  fail "invalid output in $whence: \`$1\`" "Expected a line with \`$2KEY=VALUE\` with an \`=\` character, but none was found." "$book"
}

# As with cargo, only those of the user's own packages are for the user.
warning() {
  [[ -z $isLocal ]] || printf 'warning: %s@%s: %s\n' "$package" "$version" "$1" >&2
}

for line in "${directives[@]}"; do
  case $line in
    cargo::*)
      directive=${line#cargo::}
      syntax=cargo::
      [[ -z $oldRust ]] || fail "the \`cargo::\` syntax for build script output instructions was added in Rust 1.77.0, but the minimum supported Rust version of \`$description\` is $oldRust." \
        "Use the old \`cargo:\` syntax instead of \`$line\` (note the single colon)." "$book"
      [[ $directive == *=* ]] || needs_value "$line" cargo::
      key=${directive%%=*} value=${directive#*=}
      ;;
    cargo:*)
      directive=${line#cargo:} syntax=cargo:
      if [[ $directive =~ $reserved ]]; then
        key=${directive%%=*} value=${directive#*=}
      else
        key=metadata value=$directive
      fi
      ;;
    *) continue ;;
  esac
  case $key in
    rustc-flags) flags "$value" ;;
    rustc-link-lib) libs+=("$value") ;;
    rustc-link-search) search "$value" ;;
    rustc-link-arg) linkArguments+=(all "$value") ;;
    rustc-link-arg-cdylib | rustc-cdylib-link-arg)
      [[ -n $hasCdylib ]] || warning "$syntax$key was specified in the build script of $description, but that package does not contain a cdylib target"
      linkArguments+=(cdylib "$value")
      cdylibArguments+=("$value")
      ;;
    rustc-link-arg-bins)
      [[ -z $isLocal ]] || ((${#packageBinaries[@]})) || fail "invalid instruction \`${line%%=*}\` from $whence" \
        "The package $description does not have a bin target."
      linkArguments+=(bins "$value")
      ;;
    rustc-link-arg-bin)
      [[ $value == *=* ]] || fail "invalid instruction \`${line%%=*}=$value\` from $whence" \
        "The instruction should have the form ${line%%=*}=BIN=ARG"
      # of a dependency no binaries are known
      [[ -z $isLocal || " ${packageBinaries[*]} " == *" ${value%%=*} "* ]] || fail "invalid instruction \`${line%%=*}\` from $whence" \
        "The package $description does not have a bin target with the name \`${value%%=*}\`."
      linkArguments+=("bin ${value%%=*}" "${value#*=}")
      ;;
    rustc-link-arg-tests) linkArguments+=(tests "$value") ;;
    rustc-link-arg-benches) linkArguments+=(benches "$value") ;;
    rustc-link-arg-examples) linkArguments+=(examples "$value") ;;
    rustc-cfg) cfgs+=("$value") ;;
    rustc-check-cfg) checkCfgs+=("$value") ;;
    rustc-env)
      [[ $value == *=* ]] || fail "Variable rustc-env has no value in $whence: $value"
      [[ $value != RUSTC_BOOTSTRAP=* || -v scriptOutput[@] ]] || fail "cannot set \`$value\` from $whence." \
        "note: crates cannot set \`RUSTC_BOOTSTRAP\` themselves, as doing so would subvert the stability guarantees of Rust for your project."
      variables+=("$value")
      ;;
    metadata)
      [[ $syntax == cargo: ]] || syntax=cargo::metadata=
      [[ $value == *=* ]] || needs_value "$line" "$syntax"
      metadata+=("${value%%=*}" "${value#*=}")
      ;;
    error) fail "$package@$version: $value" ;;
    warning) warning "$value" ;;
    rerun-if-changed | rerun-if-env-changed) ;;
    *) fail "invalid output in $whence: \`$line\`" "Unknown key: \`$key\`." "$book" ;;
  esac
done

# --- keep it ------------------------------------------------------------------------------------------------------------------------------------------

# What probes leave and nobody reads: autocfg's under names that differ from run to run, rustix's with the build's path in it, the older ones' as what
# rustc makes of its standard input.
rm -f "${made[@]}" "$out"/out/autocfg_*.ll "$out"/out/{rustix_test_can_compile,librust_out.rmeta}

beside=() told=() linking=()
# A library that is compiled in this build finds its package's folder as the script left it.
((${#arguments[@]})) || keepWritten
reaches=$((${#outSearch[@]} + ${#otherSearch[@]} + ${#cdylibArguments[@]}))
# Of the package's own folder its units need not be told.
if ((${#metadata[@]} + reaches || ${#folders[@]} > 1)); then
  linksAndTexts=$(linksAndTexts "$out/out")
  naming beside "${cfgs[*]} ${linkArguments[*]} ${variables[*]} $linksAndTexts" "${folders[@]:1}"
  ((${#metadata[@]} == 0)) || naming told "${metadata[*]} $linksAndTexts" "${folders[@]}"
  ((reaches == 0)) || naming linking "${outSearch[*]} ${otherSearch[*]} ${cdylibArguments[*]} $linksAndTexts" "${folders[@]}"
  elsewhere metadata outSearch otherSearch cdylibArguments
fi
{
  keep cfgs "${cfgs[@]}"
  keep checkCfgs "${checkCfgs[@]}"
  keep libs "${libs[@]}"
  keep linkArguments "${linkArguments[@]}"
  keep variables "${variables[@]}"
  keep beside "${beside[@]}"
} >"$out/unit"
{
  keep outSearch "${outSearch[@]}"
  keep otherSearch "${otherSearch[@]}"
  keep cdylibArguments "${cdylibArguments[@]}"
  keep linking "${linking[@]}"
} >"$out/reach"
{
  keep metadata "${metadata[@]}"
  keep told "${told[@]}"
} >"$out/metadata"
