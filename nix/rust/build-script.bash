# Sourced by crate.bash where it runs a package's build script, which it may have to compile first. Keeps in the folder `out` what the script made and said:
#
#     out/       OUT_DIR
#     unit       what holds for the package's own units: cfgs, checkCfgs, libs, linkArguments (kind, argument, …), variables, beside
#     reach      what holds for everything linked with it: outSearch, otherSearch, cdylibArguments, linking; empty if there is nothing
#     metadata   for the build scripts of dependents: metadata (key, value, …), told
#     written/   where it wrote into the sources: `files`, each where it lies, and `removed`, which names what is there no more
#
# `beside`, `linking` and `told` are calls of layOut for the packages whose folders the rest names. Three of them are bash, to be sourced. Directives are
# read as cargo's BuildOutput::parse reads them.
mkdir -p "$out/out"

compileScript() {
  local unit="\`$package\` (build script)" buildScript='' binary='' program='' isCdylib='' linksLibraries=''
  local -a environment=("${scriptEnvironment[@]}" "$makeflags") arguments=("${scriptArguments[@]}") dependencies=("${scriptDependencies[@]}")
  cd "$scriptFolder"
  compile
  cd "$workspace"
}

# The only run of a script compiles it as well. What is compiled for several runs keeps in a file whose folders its program names.
made=()
if [[ -v scriptArguments ]]; then
  compileScript
  made=("$executable"{,.dwp})
else
  named=()
  source "${executable%/*}/named"
fi
for call in "${named[@]}"; do eval "$call"; done

source "$facts"
for link in "${!linked[@]}"; do
  metadata=() told=()
  source "${linked[$link]}/metadata"
  here metadata
  for call in "${told[@]}"; do eval "$call"; done
  for ((i = 0; i < ${#metadata[@]}; i += 2)); do
    key=${metadata[i]^^}
    environment+=("DEP_${link}_${key//-/_}=${metadata[i + 1]}")
  done
done

environment+=("NUM_JOBS=$jobs")

status=0
announce "$executable"
env "${environment[@]}" "$executable" >"$NIX_BUILD_TOP/stdout" 2>"$NIX_BUILD_TOP/stderr" || status=$?
mapfile -t stdout <"$NIX_BUILD_TOP/stdout"
mapfile -t stderr <"$NIX_BUILD_TOP/stderr"

description="$package v$version"
# prefixed PREFIX LINE…
prefixed() { (($# == 1)) || printf "$1%s\n" "${@:2}" >&2; }
# What a script that fails wants to say. A line that cargo's parser would refuse does not hide it.
messages() {
  local line
  for line in "${stdout[@]}"; do
    case $line in
      cargo:warning=* | cargo::warning=*) prefixed "warning: $package@$version: " "${line#*=}" ;;
      cargo::error=*) prefixed "error: $package@$version: " "${line#*=}" ;;
    esac
  done
}
if ((status)); then
  messages
  echo "error: failed to run custom build command for \`$description\` (exit status $status)" >&2
  echo "  --- stdout" >&2
  prefixed "  " "${stdout[@]}"
  echo "  --- stderr" >&2
  prefixed "  " "${stderr[@]}"
  exit 1
fi
# In the words of `cargo build -vv`, but for what tells cargo when to run the script again, which may be said of a hundred thousand files.
prefix="[$package $version] " perl -ne 'chomp; print STDERR "$ENV{prefix}$_\n" unless /^cargo::?rerun-if-(changed|env-changed)=/' \
  "$NIX_BUILD_TOP/stdout" "$NIX_BUILD_TOP/stderr"
# As cargo reads it: a line that is not UTF-8 is passed over, white space around one does not count.
oldRust=$oldRust perl -ne '
  s/^\s+|\s+$//g;
  next unless /^cargo:/;
  next if /^cargo:rerun-if-(changed|env-changed)=/ || !$ENV{oldRust} && /^cargo::rerun-if-(changed|env-changed)=/;
  my $tail = qr/[\x80-\xbf]/;
  next unless /^(?:[\x00-\x7f]|[\xc2-\xdf]$tail|\xe0[\xa0-\xbf]$tail|[\xe1-\xec\xee\xef]$tail$tail|\xed[\x80-\x9f]$tail|\xf0[\x90-\xbf]$tail$tail|[\xf1-\xf3]$tail$tail$tail|\xf4[\x80-\x8f]$tail$tail)*+$/;
  print "$_\n";
' "$NIX_BUILD_TOP/stdout" >"$NIX_BUILD_TOP/directives"
mapfile -t directives <"$NIX_BUILD_TOP/directives"
for line in "${directives[@]}"; do
  [[ $line != cargo::error=* ]] || {
    messages
    fail "build script of \`$description\` logged errors"
  }
done

# --- read what it said ----------------------------------------------------------------------------------------------------------------------------------

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
      [[ $value != RUSTC_BOOTSTRAP=* ]] || fail "cannot set \`$value\` from $whence." \
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
