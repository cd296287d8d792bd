use std::{env, fs};

fn main() {
    fs::write("value.txt", if env::var_os("CARGO_FEATURE_OTHER").is_some() { "other" } else { "plain" }).unwrap();
    println!("cargo::rustc-link-search=native={}", env::var("CARGO_MANIFEST_DIR").unwrap());
}
