# Builds the program with cargo and keeps what the tools recorded: `units/`, the target directory's records under their paths in it.
source .attrs.sh
unset NIX_ATTRS_JSON_FILE NIX_ATTRS_SH_FILE
export PATH=$searchPath HOME=/homeless-shelter LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1 CARGO_HOME=/cargo-home

mkdir /build/source
cp -r --no-preserve=ownership,timestamps -- "$source/." /build/source
chmod -R u+w /build/source
cd /build/source
/toolchain/bin/cargo build --release --frozen --ignore-rust-version --workspace --jobs "$NIX_BUILD_CORES" ${target:+--target "$target"} \
  ${linker:+--config "target.$target.linker='$linker'"} ${target:+--config "target.$target.rustflags=$rustflags"} --config "build.rustc='$tools/rustc'" >&2
mkdir -p "${outputs[out]}"
find target -name '*.command' -exec cp --parents -t "${outputs[out]}" -- {} +
