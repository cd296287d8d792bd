# What the benchmarks share. Sourced in the repository's folder; `work` is the benchmark's own.

say() { echo "$*" >&2; }

# With a compiler's sysroot: what Nix builds in, and `in_sysroot`.
# use_sysroot STORE_PATH
use_sysroot() {
  sysroot=$1
  export NIX_CONFIG="
build-users-group =
substitute = false
builders =
sandbox = true
sandbox-fallback = false
sandbox-paths = /usr=$sysroot/usr /bin=$sysroot/usr/bin /lib=$sysroot/usr/lib /lib64=$sysroot/usr/lib64
max-jobs = auto
cores = 0
"
}

# in_sysroot FOLDER COMMAND…: the sysroot's own cargo and rustc: its /usr over the host's, in a mount namespace of their own. /bin and /lib lead into /usr.
in_sysroot() {
  local folder=$1
  shift
  local -a privilege=()
  [ "$(id -u)" = 0 ] || privilege=(--map-root-user)
  unshare "${privilege[@]}" --mount bash -c "mount --bind '$sysroot/usr' /usr && cd '$folder' && exec \"\$@\"" bash \
    env --ignore-environment PATH=/usr/bin HOME="$work" CARGO_HOME="$work/cargo-home" CARGO_TARGET_DIR="$work/cargo-target" "$@"
}

# A line of its own at the end of each script makes every derivation a new one; the sources and the sysroot stay what they are.
new_library() {
  rm -rf "$work/nix"
  cp -r nix "$work/nix"
  local script stamp
  stamp="$(date +%s%N) $$"
  for script in "$work"/nix/rust/*.bash; do echo "# $stamp" >> "$script"; done
}

# seconds COMMAND…: how long it takes; what it says is shown when it fails
seconds() {
  local start=$EPOCHREALTIME end
  "$@" > "$work/log" 2>&1 || {
    tail -n 30 "$work/log" >&2
    say "error: failed: $*"
    exit 1
  }
  end=$EPOCHREALTIME
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f\n", b - a }'
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
load() { cut -d ' ' -f 1 /proc/loadavg; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
within() { awk -v a="$1" -v b="$2" 'BEGIN { print (a <= b) ? "yes" : "no" }'; }
