# What the stand-in for buildRustCrate does in its shell. Words of options are split, as in nixpkgs.
noisily() {
  echo "Running $*"
  # shellcheck disable=SC2048
  $*
}

# folder_of NAME: of the package of that name, searched for
folder_of() {
  local manifest
  find -L . -name Cargo.toml | sort | while read -r manifest; do
    if cargo metadata --no-deps --offline --format-version 1 --manifest-path "$manifest" | grep -qF "{\"name\":\"$1\",\"version\":"; then
      sed -n '/^\[package\]/,/^\[[^p]/p' "$manifest" | grep -qxE "name *= *\"$1\"" || continue
      dirname "$manifest"
      break
    fi
  done
}

collect() {
  local folder=deps
  mkdir -p target/{deps,buildDeps,lib,bin,build}
  while (($#)); do
    if [[ $1 == -- ]]; then
      folder=buildDeps
    else
      ln -sf "$1"/lib/*.rlib "$1"/lib/*.so "target/$folder/"
    fi
    shift
  done
}

run_build_script() {
  local said feature
  EXTRA_FEATURES=
  [[ -n $BUILD ]] || return 0
  noisily rustc --crate-name build_script_build $BUILD --crate-type bin $BUILD_OPTIONS --out-dir target/build \
    -L dependency=target/buildDeps --cap-lints $CAP_LINTS
  export OUT_DIR=$PWD/target/out
  mkdir -p "$OUT_DIR"
  (
    for feature in "$@"; do
      feature=${feature^^}
      export "CARGO_FEATURE_${feature//-/_}=1"
    done
    target/build/build_script_build
  ) >target/said
  while read -r said; do
    case $said in
      cargo:rustc-cfg=* | cargo::rustc-cfg=*) EXTRA_FEATURES+=" --cfg ${said#*rustc-cfg=}" ;;
      cargo:rustc-env=* | cargo::rustc-env=*) export "${said#*rustc-env=}" ;;
    esac
  done <target/said
}

build_lib() {
  noisily rustc --crate-name $CRATE_NAME $1 --out-dir target/lib -L dependency=target/deps --cap-lints $CAP_LINTS $LIB_RUSTC_OPTS $EXTRA_FEATURES
  EXTRA_LIB="--extern $CRATE_NAME=target/lib/lib$CRATE_NAME-$metadata.rlib"
  [[ -e target/lib/lib$CRATE_NAME-$metadata.rlib ]] || EXTRA_LIB=
  if [[ -n $buildTests ]]; then
    noisily rustc --crate-name $CRATE_NAME $1 --out-dir target/lib -L dependency=target/deps --cap-lints $CAP_LINTS $LIB_RUSTC_OPTS $EXTRA_FEATURES --test
  fi
}

build_bin() {
  local test=
  [[ -z $buildTests ]] || test=--test
  noisily rustc --crate-name ${1//-/_} $2 --crate-type bin $BIN_RUSTC_OPTS --out-dir target/bin -L dependency=target/deps ${EXTRA_LIB-} \
    --cap-lints $CAP_LINTS $EXTRA_FEATURES $test
  [[ $1 == "${1//-/_}" ]] || mv "target/bin/${1//-/_}" "target/bin/$1"
}

build_found_programs() {
  local file
  [[ ! -e src/main.rs ]] || build_bin "$1" src/main.rs
  for file in src/bin/*.rs; do
    [[ ! -e $file ]] || build_bin "$(basename "$file" .rs)" "$file"
  done
}

build_test_files() {
  local file name
  for file in tests/*.rs tests/*/main.rs; do
    name=${file#tests/}
    name=${name%.rs}
    [[ ! -e $file ]] || build_bin "${name%/main}" "$file"
  done
}

install_crate() {
  mkdir -p "$out"
  if [[ -n $buildTests ]]; then
    mkdir -p "$out/tests"
    find target/bin target/lib -type f -executable ! -name '*.rlib' ! -name '*.so' ! -name '*.d' -exec cp {} "$out/tests" \;
    return
  fi
  mkdir -p "$lib/lib"
  cp -r target/lib/. "$lib/lib"
  if [[ -n $(ls -A target/bin) ]]; then
    mkdir -p "$out/bin"
    cp -r target/bin/. "$out/bin"
  fi
}
