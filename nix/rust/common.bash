# Sourced by every build with rustc, after `.attrs.sh`.

export PATH=${searchPath-$PATH} HOME=/homeless-shelter LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1
out=${outputs[out]}
# Places of this very build, which no output may depend on.
unset NIX_ATTRS_JSON_FILE NIX_ATTRS_SH_FILE

# fail PROBLEM [LINE…]
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '%s\n' "$@" >&2
  exit 1
}

# Where bash has its own (Debian's bash-builtins), each saves a process of a millisecond or two.
for command in ln mkdir rm; do enable -f "$command" "$command" 2>/dev/null || :; done

# Only in the sandbox is it a folder of the root.
[[ $NIX_BUILD_TOP =~ ^/[^/]+$ ]] || fail "this build runs in $NIX_BUILD_TOP, not in Nix's sandbox" "help: pass --option sandbox true"
# Arguments and source paths were computed for /build, and what other builds keep says /build. In another place, as where `nix:verify` looks whether the
# place matters, they follow.
# here NAME…: makes values of variables say where this build is; elsewhere NAME…: the reverse, for what others read
here() { moved /build "$NIX_BUILD_TOP" "$@"; }
elsewhere() { moved "$NIX_BUILD_TOP" /build "$@"; }
moved() {
  local from=$1 to=$2 name
  [[ $from != "$to" ]] || return 0
  for name in "${@:3}"; do
    [[ -v $name || -v $name[@] ]] || continue
    local -n values=$name
    values=("${values[@]/#"$from/"/"$to/"}")
    values=("${values[@]//"=$from/"/"=$to/"}")
    unset -n values
  done
}
# What cargo's configuration sets comes before all that cargo sets itself. What is in the environment already stays, unless it is forced.
configure() {
  local variable list
  local -a variables=("${forced[@]}")
  for variable in "${configured[@]}"; do
    printenv -- "${variable%%=*}" >/dev/null || variables+=("$variable")
  done
  for list in environment runEnvironment scriptEnvironment; do
    [[ -v $list[@] ]] || continue
    local -n values=$list
    values=("${variables[@]}" "${values[@]}")
    unset -n values
  done
}
[[ ! -v configured[@] && ! -v forced[@] ]] || configure
here arguments environment runEnvironment script{Arguments,Environment,Folder} folder packageFolder workspace

# place SOURCE FOLDER PACKAGE_FOLDER [PATCH…]: a .crate archive holds one folder NAME-VERSION, a folder is copied to where the package lies in its
# workspace, beside what already lies there. Patches are those of an override; their paths begin with one folder that does not count, as git writes them.
place() {
  local source=$1 folder=$2 packageFolder=$3 file
  shift 3
  mkdir -p "${folder%/*}"
  if [[ -d $source ]]; then
    mkdir -p "$folder"
    cp -rT --update=none --no-preserve=ownership,timestamps -- "$source" "$folder"
    # the store holds everything read-only
    chmod -R u+w -- "$folder"
  elif [[ -e $folder ]]; then
    fail "two packages lie in $folder; one of them is $source"
  elif type -P libdeflate-gunzip >/dev/null; then
    # three times as fast as gzip
    libdeflate-gunzip -c "$source" | tar -x -C "${folder%/*}" --no-same-owner
  else
    tar -xzf "$source" -C "${folder%/*}" --no-same-owner
  fi
  for file in "$@"; do
    patch --strip=1 --no-backup-if-mismatch --directory="$packageFolder" --input="$file" || fail "the patch ${file##*/} does not fit"
  done
}

# A jobserver with the cores Nix grants, as cargo's: rustc would otherwise take up to 32 threads.
jobserver() {
  processors
  # a pipe without a name, opened for both directions
  exec {tokens}<> <(:)
  local bytes
  printf -v bytes '%*s' $((jobs - 1)) ''
  printf '%s' "${bytes// /|}" >&"$tokens"
  makeflags="CARGO_MAKEFLAGS=-j --jobserver-fds=$tokens,$tokens --jobserver-auth=$tokens,$tokens"
}
# Makes `jobs` what Nix grants, else what `nproc` prints, without a process.
processors() {
  local key value range
  local -a ranges
  jobs=$NIX_BUILD_CORES
  ((jobs == 0)) || return 0
  while read -r key value && [[ $key != Cpus_allowed_list: ]]; do :; done </proc/self/status
  IFS=, read -ra ranges <<<"$value"
  for range in "${ranges[@]}"; do ((jobs += ${range#*-} - ${range%-*} + 1)); done
}

# keep NAME VALUE…: prints bash that adds the values to an array
keep() {
  (($# == 1)) || printf "$1+=(%q)\n" "${@:2}"
}

# Makes `conditions` of what the crate's own build script said of `cfgs` and `checkCfgs`.
conditions() {
  local cfg
  conditions=()
  for cfg in "${cfgs[@]}"; do
    conditions+=(--cfg "$cfg")
  done
  for cfg in "${checkCfgs[@]}"; do
    conditions+=(--check-cfg "$cfg")
  done
}

# Writes a command to the log in the words of `cargo build -vv`.
announce() {
  local line
  printf -v line '%q ' "${environment[@]}" "$@"
  printf 'Running `%s`\n' "${line% }" >&2
}

# Makes `deps`, the one folder in which rustc finds what the direct dependencies need, and of what their code and build scripts need or did:
#
#     scripts     the build scripts whose directives reach further than their own crate
#     named       calls of layOut for the packages whose code names its own folder: for programs that are linked with it
#     expanding   the same for procedural macros, which run while this unit is compiled
#     written     the build scripts of the user's packages that wrote into the sources: they ran before this unit, and it finds what they wrote
#
# Every library lists its own closure, so that only direct dependencies are inputs of a derivation.
gather() {
  local dependency item
  local -A seen=()
  closure=() scripts=() named=() expanding=() written=()
  for dependency in "$@"; do
    local -a libraries=() reaching=() naming=() macros=() writing=()
    source "$dependency/closure"
    unseen closure "${libraries[@]}"
    unseen scripts "${reaching[@]}"
    unseen named "${naming[@]}"
    unseen expanding "${macros[@]}"
    unseen written "${writing[@]}"
  done
  # A library may have what its build script was compiled with, too.
  ((${#closure[@]} == 0)) || { mkdir -p "$NIX_BUILD_TOP/deps" && ln -sf "${closure[@]}" "$NIX_BUILD_TOP/deps"; }
  for item in "${written[@]}"; do overlay "$item"; done
}
# unseen LIST ITEM…: adds to the list what it does not have; `seen` is for all lists
unseen() {
  local -n list=$1
  local item
  for item in "${@:2}"; do
    [[ -z ${seen[$1 $item]-} ]] || continue
    seen[$1 $item]=yes
    list+=("$item")
  done
}
