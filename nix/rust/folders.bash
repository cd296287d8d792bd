# Sourced after common.bash by what works on a package's sources. A package's folder is one folder, as it is with cargo: what its build script writes into
# it is there for all that follows, and the folder is there for those programs, macros and build scripts of others that were told of it.

# PACKAGE_FOLDER = the call of layOut that laid it out; these folders in order; and the build scripts whose writes were laid over them, in order
declare -A laidOut=()
folders=() overlaid=()

unpack() {
  local script=$buildScript
  # Until the build script ran there is nothing that it wrote.
  [[ -z ${runBuildScript-} ]] || script=
  layOut "$src" "${folder#"$NIX_BUILD_TOP"/}" "${packageFolder#"$NIX_BUILD_TOP"/}" "$script" "${patches[@]}"
  layOutConfigured
  cd "$workspace"
}

# What relative paths of cargo's configuration name; without files a folder in which packages lie.
layOutConfigured() {
  local i place
  for i in "${!configuredPlaces[@]}"; do
    place=$NIX_BUILD_TOP/source/${configuredPlaces[i]%/}
    if [[ -z ${configuredFiles[i]} ]]; then
      mkdir -p -- "$place"
    elif [[ ! -e $place ]]; then
      mkdir -p -- "${place%/*}"
      cp -r --no-preserve=ownership,timestamps -- "${configuredFiles[i]}" "$place"
      chmod -R u+w -- "$place"
    fi
  done
}

# layOut SOURCE FOLDER PACKAGE_FOLDER SCRIPT [PATCH…]: lays out a package's source, and over it what its build script wrote. FOLDER is where SOURCE as a
# whole belongs, SCRIPT what the run of the build script keeps, or empty. Folders are relative, so that other builds can repeat the call.
layOut() {
  local call
  printf -v call '%q ' layOut "$@"
  if [[ -z ${laidOut[$3]-} ]]; then
    place "$1" "$NIX_BUILD_TOP/$2" "$NIX_BUILD_TOP/$3" "${@:5}"
    folders+=("$3")
    laidOut[$3]=$call
    [[ -z $4 ]] || overlay "$4"
  elif [[ ${laidOut[$3]} != "$call" ]]; then
    isOneFolder "$3" "$call"
  fi
}

# isOneFolder PACKAGE_FOLDER CALL: fails where the call would make something else of a folder that is laid out
isOneFolder() {
  local -a ours theirs
  eval "ours=(${laidOut[$1]}) theirs=($2)"
  [[ ${ours[1]} == "${theirs[1]}" ]] || fail "two packages lie in $1: ${ours[1]} and ${theirs[1]}" "help: let all that need it need the same one"
  local a=${ours[4]} b=${theirs[4]}
  # A script that did not run yet finds the sources as they are.
  [[ -n $a && -n $b ]] && [[ -e $a/written || -e $b/written ]] || return 0
  diff --recursive --brief --no-dereference -- "$a/written" "$b/written" >&2 ||
    fail "the build script of the package in $1 runs more than once, and not all runs write the same files: see above" \
      "With cargo the last run wins, whichever that is." "help: let the build script write into OUT_DIR"
}

# overlay SCRIPT: what a build script wrote into the sources, where it wrote it
overlay() {
  local path
  [[ -e $1/written ]] || return 0
  overlaid+=("$1")
  while IFS= read -r -d '' path; do rm -rf "${NIX_BUILD_TOP:?}/$path"; done <"$1/written/removed"
  cp -rT --remove-destination --no-preserve=ownership,timestamps -- "$1/written/files" "$NIX_BUILD_TOP"
  for path in "$1"/written/files/*; do chmod -R u+w -- "$NIX_BUILD_TOP/${path##*/}"; done
}

# naming LIST TEXT PACKAGE_FOLDER…: adds to the list the calls of layOut for those packages whose folders the text names
naming() {
  local -n list=$1
  local folder
  for folder in "${@:3}"; do
    [[ $2 == *"$NIX_BUILD_TOP/$folder"* ]] || continue
    [[ $NIX_BUILD_TOP/$folder != "$packageFolder" ]] || keepWritten
    list+=("${laidOut[$folder]}")
  done
}

# Keeps what the build script that ran in this build wrote into the sources: what differs from sources that are laid out once more. Times tell nothing, as
# `nix:verify` lets clocks stand.
keepWritten() {
  [[ -n $runBuildScript && ! -e $buildScript/written ]] || return 0
  local own=${packageFolder#"$NIX_BUILD_TOP"/} clean=$NIX_BUILD_TOP/clean path status=0
  local tree=${own%%/*}
  local -a calls=() call
  for path in "${folders[@]}"; do
    [[ ${path%%/*} != "$tree" ]] || calls+=("${laidOut[$path]}")
  done
  (
    NIX_BUILD_TOP=$clean laidOut=()
    for path in "${calls[@]}"; do eval "$path"; done
    for path in "${overlaid[@]}"; do overlay "$path"; done
    layOutConfigured
  )
  diff --recursive --brief --no-dereference -- "$clean/$tree" "$NIX_BUILD_TOP/$tree" >/dev/null || status=$?
  ((status < 2)) || fail "could not compare the sources of \`$label\` with what its build script left"
  if ((status)); then
    keepDifferences "$tree" "$buildScript/written"
    eval "call=(${laidOut[$own]})"
    call[4]=$buildScript
    printf -v "path" '%q ' "${call[@]}"
    laidOut[$own]=$path
  fi
  rm -rf "$clean"
}

# keepDifferences TREE KEPT
keepDifferences() {
  local now=$NIX_BUILD_TOP/$1 before=$NIX_BUILD_TOP/clean/$1 files=$2/files/$1 path
  local -a outside=()
  mkdir -p "$files"
  while IFS= read -r -d '' path; do
    if isFolder "$now/$path"; then
      isFolder "$before/$path" || mkdir -p "$files/$path"
    elif ! isSame "$before/$path" "$now/$path"; then
      [[ $now/$path == "$packageFolder/"* ]] || outside+=("$path")
      mkdir -p "$(dirname -- "$files/$path")"
      cp -P --no-preserve=ownership,timestamps -- "$now/$path" "$files/$path"
    fi
  done < <(find "$now" -mindepth 1 -printf '%P\0')
  while IFS= read -r -d '' path; do
    # also where a file became a folder, or a folder a file
    if isFolder "$before/$path"; then isFolder "$now/$path"; else [[ -e $now/$path || -L $now/$path ]] && ! isFolder "$now/$path"; fi ||
      printf '%s\0' "$1/$path"
  done < <(find "$before" -mindepth 1 -printf '%P\0' | LC_ALL=C sort -z) >"$2/removed"
  ((${#outside[@]} == 0)) || {
    echo "warning: $package@$version: the build script wrote outside of its package's folder; only this package and those that depend on it find that:"
    printf '  %s\n' "${outside[@]}"
  } >&2
}
isFolder() { [[ -d $1 && ! -L $1 ]]; }
# isSame BEFORE NOW: files or links
isSame() {
  if [[ -L $1 || -L $2 ]]; then
    [[ -L $1 && -L $2 && $(readlink -- "$1") == "$(readlink -- "$2")" ]]
  else
    [[ -f $1 && -f $2 ]] && cmp -s -- "$1" "$2"
  fi
}

# What links and texts in a folder say of places in this build: the links' targets, and packages' folders.
linksAndTexts() {
  find "$1" -type l -printf '%l\n'
  foldersIn -rI "$1"
}
# foldersIn OPTION FILE…: the packages' folders that the files name, found by `grep` with the option
foldersIn() {
  LC_ALL=C grep "$1" -hoF "${folders[@]/#/-e$NIX_BUILD_TOP/}" -- "${@:2}" || (($? == 1))
}
