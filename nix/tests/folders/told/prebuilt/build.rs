fn main() {
    println!("cargo::rustc-link-search=native={}/lib", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    println!("cargo::rustc-link-lib=dylib:+verbatim=libprebuilt.a");
}
