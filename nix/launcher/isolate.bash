# Sourced by launch.bash where Nix does not isolate the build: does what Nix's sandbox would.

# A directory of the machine: one for the build, one for /tmp.
work=$PWD
mkdir "$work/build" "$work/tmp"
run mv .attrs.json .attrs.sh "$work/build"
arguments+=(
  --unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup-try --hostname localhost
  --die-with-parent --as-pid-1
  --bind "$work/build" "$top"
  --bind "$work/tmp" /tmp
  --proc /proc
  --dir /nix/store
)
for name in NIX_BUILD_TOP TMPDIR TEMPDIR TMP TEMP PWD; do arguments+=(--setenv "$name" "$top"); done

# The store paths that the build may see: those that its attributes name and, as Nix itself finds references, those whose hash these contain.
declare -A names=() seen=()
for path in /nix/store/*; do
  name=${path##*/}
  names[${name:0:32}]=$name
done
hashes() { { run grep -rahoE '[0-9abcdfghijklmnpqrsvwxyz]{32}-' -- "$@" || (($? == 1)); } | run sort -u; }
# The sysroot refers to nothing.
for path in "$sysroot" "$here" "$script"; do
  name=${path#/nix/store/}
  seen[${name:0:32}]=yes
  arguments+=(--ro-bind "/nix/store/${name%%/*}" "/nix/store/${name%%/*}")
done
for path in "${outputs[@]}"; do seen[${path:11:32}]=yes; done
found=$(hashes "$work/build/.attrs.json")
while [[ -n $found ]]; do
  paths=()
  for hash in $found; do
    hash=${hash%-}
    [[ -n ${names[$hash]-} && -z ${seen[$hash]-} ]] || continue
    seen[$hash]=yes
    paths+=("/nix/store/${names[$hash]}")
  done
  for path in "${paths[@]}"; do arguments+=(--ro-bind "$path" "$path"); done
  found=
  ((${#paths[@]} == 0)) || found=$(hashes "${paths[@]}")
done
