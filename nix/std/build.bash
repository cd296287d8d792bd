# Builds Rust's standard library for a target from Debian's rust-src, laid out as rustc looks for it below its --sysroot. What the library is made with is
# what Rust's own releases are made with: bootstrap's std_cargo and profiles, in src/bootstrap of Rust's source.
source .attrs.sh
export PATH=$searchPath HOME=/homeless-shelter LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1
out=${outputs[out]}
unset NIX_ATTRS_JSON_FILE NIX_ATTRS_SH_FILE

source=$(realpath /usr/lib/rustlib/src/rust)
lib=$out/lib/rustlib/$target/lib

# The crates it needs, as `cargo vendor` lays them out.
vendor=$NIX_BUILD_TOP/vendor
mkdir "$vendor"
for crate in "${crates[@]}"; do
  tar -xzf "$crate" -C "$vendor" --no-same-owner
  folder=${crate#*-crate-}
  printf '{"files":{},"package":"%s"}' "$(sha256sum "$crate" | cut -d ' ' -f 1)" >"$vendor/${folder%.tar.gz}/.cargo-checksum.json"
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
# no part of the library but what its users choose may end the program on a panic
package.panic_abort.rustflags = ["-Cpanic=abort"]
END
# The second flag is for backtraces by C code, the third keeps programs from finding the library's own crates by name.
export RUSTC_BOOTSTRAP=1
RUSTFLAGS="-Cembed-bitcode=yes -Cforce-frame-pointers=yes -Zforce-unstable-if-unmarked --remap-path-prefix=$vendor=/rust/deps"
export RUSTFLAGS
cd "$source/library/sysroot"
cargo -Zprofile-rustflags build --release --locked --offline --jobs "${NIX_BUILD_CORES/#0/$(nproc)}" --target "$target" --features "panic-unwind backtrace" >&2

mkdir -p "$lib/self-contained"
cp "$CARGO_TARGET_DIR/$target/release/deps/"*.rlib "$lib"

# What rustc links a static program with, by any C compiler: musl's objects and library, the compiler's own objects, and an unwinder.
for file in crt1.o Scrt1.o rcrt1.o crti.o crtn.o libc.a; do
  cp --no-preserve=mode "$musl/$file" "$lib/self-contained"
done
for file in crtbegin.o crtbeginS.o crtend.o crtendS.o libgcc_eh.a; do
  cp --no-preserve=mode "$(gcc -print-file-name="$file")" "$lib/self-contained"
done
cd "$lib/self-contained"
mv libgcc_eh.a libunwind.a
musl-gcc -std=c11 -Wall -Wextra -Werror -O2 -fPIC -c "$findObject" -o "$NIX_BUILD_TOP/find-object.o"
ar rD libunwind.a "$NIX_BUILD_TOP/find-object.o"
