# Builds Rust's standard library for a target from Debian's rust-src, laid out as rustc looks for it below its --sysroot. What the library is made with is
# what Rust's own releases are made with: bootstrap's std_cargo and profiles, in src/bootstrap of Rust's source.
source .attrs.sh
source "$common"

source=$(realpath /usr/lib/rustlib/src/rust)
lib=$out/lib/rustlib/$target/lib

# The crates it needs, as `cargo vendor` lays them out.
vendor=$NIX_BUILD_TOP/vendor
mkdir "$vendor"
for crate in "${crates[@]}"; do
  folder=${crate#*-crate-}
  folder=$vendor/${folder%.tar.gz}
  place "$crate" "$folder" "$folder"
  printf '{"files":{},"package":"%s"}' "$(sha256sum "$crate" | cut -d ' ' -f 1)" >"$folder/.cargo-checksum.json"
done

export CARGO_HOME=$NIX_BUILD_TOP/cargo CARGO_TARGET_DIR=$NIX_BUILD_TOP/target
mkdir "$CARGO_HOME"
cat >"$CARGO_HOME/config.toml" <<END
[source.crates-io]
replace-with = "vendor"
[source.vendor]
directory = "$vendor"

[profile.release]
codegen-units = 1
debug = 1
# the part for programs that abort on a panic, and no other
package.panic_abort.rustflags = ["-Cpanic=abort"]
END
# Bitcode is for programs with link-time optimisation, frame pointers are for profilers, and the third flag keeps programs from the library's own crates.
export RUSTC_BOOTSTRAP=1
RUSTFLAGS="-Cembed-bitcode=yes -Cforce-frame-pointers=yes -Zforce-unstable-if-unmarked --remap-path-prefix=$vendor=/rust/deps"
export RUSTFLAGS
cd "$source/library/sysroot"
processors
# -Zroot-dir: paths in programs are whole, as those of Debian's own libraries are.
cargo -Zprofile-rustflags -Zroot-dir="$CARGO_HOME" build --release --locked --offline --jobs "$jobs" \
  --target "$target" --features "panic-unwind backtrace" >&2

mkdir -p "$lib/self-contained"
cp "$CARGO_TARGET_DIR/$target/release/deps/"*.rlib "$lib"

# What rustc links a static program with, by any C compiler: musl's objects and library, the compiler's own objects, and an unwinder. In the archive with that are
# also the functions that C code of crates is compiled to call, such as __popcountdi2 and what __builtin_cpu_supports reads: no other part has them.
self=$lib/self-contained
for file in crt1.o Scrt1.o rcrt1.o crti.o crtn.o libc.a; do
  cp "$musl/$file" "$self"
done
for file in crtbegin.o crtbeginS.o crtend.o crtendS.o; do
  cp "$(gcc -print-file-name="$file")" "$self"
done
mkdir "$NIX_BUILD_TOP/unwind"
cd "$NIX_BUILD_TOP/unwind"
cp "$findObject" find-object.c
musl-gcc -std=c11 -Wall -Wextra -Werror -O2 -fPIC -c find-object.c
for archive in libgcc_eh.a libgcc.a; do
  ar x "$(gcc -print-file-name="$archive")"
done
ar rcD "$self/libunwind.a" -- *.o
