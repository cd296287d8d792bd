use std::{env, fs};

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    fs::write(format!("{out}/text.pc"), format!("prefix={}\n", env::var("CARGO_MANIFEST_DIR").unwrap())).unwrap();
    println!("cargo:root={out}");
}
