# The builder of every derivation: makes the root directory that a build is to see, and starts the build in it.
#
#     LOADER --library-path LIBRARIES SYSROOT/usr/bin/bash -euo pipefail launch.bash SYSROOT LOADER LIBRARIES OUTPUT… -- SCRIPT
#
# For every user of Nix, and with all of its settings, a build sees the same: the sysroot as /usr, its inputs read-only, its outputs, /build, /tmp, and no network. Nothing of
# this needs a privilege: bubblewrap makes namespaces, which Nix's own sandbox lets a build do.
sysroot=$1 loader=$2 libraries=$3
shift 3
outputs=()
while [[ $1 != -- ]]; do
  outputs+=("$1")
  shift
done
script=$2

# There may be no /usr and no /lib64 here, or the machine's.
run() { "$loader" --library-path "$libraries" "$sysroot/usr/bin/$1" "${@:2}"; }
enable -f "$sysroot/usr/lib/bash/mkdir" mkdir 2>/dev/null || mkdir() { run mkdir "$@"; }
mkdir "${outputs[@]}"

here=${BASH_SOURCE[0]%/*}
top=/build
arguments=(
  --unshare-user --uid 1000 --gid 100
  --dev /dev
  --symlink "$here/etc/group" /etc/group
  --symlink "$here/etc/hosts" /etc/hosts
  --symlink "$here/etc/passwd" /etc/passwd
  --ro-bind "$sysroot/usr" /usr
  --ro-bind "$sysroot/usr/bin" /bin
  --ro-bind "$sysroot/usr/lib" /lib
  --ro-bind "$sysroot/usr/lib64" /lib64
)
# The first process of its namespace is one that Nix's sandbox holds: it has no network, and finds no store paths but its inputs.
if (($$ == 1)); then
  top=$NIX_BUILD_TOP
  arguments+=(
    --ro-bind /nix/store /nix/store
    --bind "$top" "$top"
    --bind /tmp /tmp
    --bind /proc /proc
  )
  # What Nix was told to show beside, such as how `nix:verify` changes what programs are told of the time.
  for path in /* /etc/ld.so.preload; do
    case $path in
      /bin | /build | /dev | /etc | /lib | /lib64 | /nix | /proc | /tmp | /usr | "$top" | /'*') ;;
      *) [[ ! -e $path ]] || arguments+=(--bind "$path" "$path") ;;
    esac
  done
else
  source "$here/isolate.bash"
fi
for output in "${outputs[@]}"; do arguments+=(--bind "$output" "$output"); done
arguments+=(--remount-ro / --chdir "$top" --setenv NIX_ATTRS_JSON_FILE "$top/.attrs.json" --setenv NIX_ATTRS_SH_FILE "$top/.attrs.sh")

status=0
run bwrap "${arguments[@]}" /bin/bash -euo pipefail "$script" || status=$?
((status != 0)) || exit 0
if ! run bwrap --unshare-user --ro-bind / / "$loader" --library-path "$libraries" "$sysroot/usr/bin/true" 2>/dev/null; then
  printf '%s\n' >&2 \
    "error: a build cannot make namespaces here, and these keep it from the machine" \
    "help: an administrator can allow them: sysctl -w user.max_user_namespaces=10000, and, where the distribution has them," \
    "      kernel.unprivileged_userns_clone=1 and kernel.apparmor_restrict_unprivileged_userns=0"
fi
# Nix keeps what a failed build has made, and an empty directory would look like a result.
run rmdir --ignore-fail-on-non-empty "${outputs[@]}"
exit "$status"
