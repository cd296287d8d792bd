fn main() { println!("cargo::metadata=said={}", std::env::var("DEP_THING_INCLUDE").unwrap()); }
