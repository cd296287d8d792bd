use std::env::var;

fn main() {
    println!(
        "cargo:rustc-env=SEEN_BY_THE_BUILD_SCRIPT={} {}",
        var("CARGO_PKG_RUST_VERSION").unwrap(),
        var("CARGO_MANIFEST_LINKS").unwrap()
    );
}
