# What the tests of the Nix side share; $sysroot is set. Ends with `summary`.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

for tool in nix-build nix-store nix-instantiate cargo rustc python3 java; do
  command -v "$tool" >/dev/null || { echo "error: $tool is not installed" >&2; exit 2; }
done

export NIX_CONFIG="
build-users-group =
substitute = false
sandbox = true
max-jobs = 2
cores = 2
sandbox-paths = /usr=$sysroot/usr /bin=$sysroot/usr/bin /lib=$sysroot/usr/lib /lib64=$sysroot/usr/lib64
"
nix-store --query --hash "$sysroot" >/dev/null || { echo "error: $sysroot is not in the Nix store; run \`mvn nix:toolchain\`" >&2; exit 2; }
unset RUSTC_WRAPPER RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR CARGO_BUILD_TARGET

# check NAME COMMAND…: the command succeeds
check() {
  local name=$1
  shift
  if "$@" >"$work/check" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $name"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    tail -n 30 "$work/check" | cut -c1-400 | sed 's/^/      /'
  fi
}

same() { diff -u "$1" "$2"; }
says() { grep -qF -- "$2" "$1" || { echo "not found: $2"; tail -n 15 "$1"; return 1; }; }
not() { ! "$@"; }
realise() { nix-store --realise "$@"; }
# A program of the sysroot, or one built against it, on a host with another C library.
tool() { "$sysroot/usr/lib64/ld-linux-x86-64.so.2" --library-path "$sysroot/usr/lib/x86_64-linux-gnu" "$@"; }
generator() { java -jar "$repository"/cargo2nix-generator/target/cargo2nix-generator-*-cli.jar "$@"; }

summary() {
  echo "$passed passed, $failed failed"
  ((failed == 0))
}
