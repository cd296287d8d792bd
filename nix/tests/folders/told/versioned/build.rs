fn main() {
    println!("cargo::rustc-cdylib-link-arg=-Wl,--undefined-version,{}/more.ld", std::env::var("CARGO_MANIFEST_DIR").unwrap());
}
