fn main() {
    println!("cargo:include={}/include", std::env::var("CARGO_MANIFEST_DIR").unwrap());
}
