# Sourced by crate.bash where it runs a package's build script, which it may have to compile first. Makes `directives` of what the script said, for
# script-output.bash, and `made` of the files of the script itself.
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

source "$facts/environment"
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
