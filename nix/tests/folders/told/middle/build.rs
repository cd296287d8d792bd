fn main() {
    println!("cargo::metadata=include={}", std::env::var("DEP_HEADERS_INCLUDE").unwrap());
}
