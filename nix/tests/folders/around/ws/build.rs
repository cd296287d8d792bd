use std::{env, fs};

fn main() {
    fs::write("src/made.rs", "pub const MADE: u32 = 2;\n").unwrap();
    let include = env::var("DEP_DEP_INCLUDE").unwrap();
    println!("cargo::rustc-env=HEADER={}", fs::read_to_string(include + "/made.h").unwrap().trim());
}
