use std::{env, fs};

fn main() {
    fs::create_dir_all("src/generated").unwrap();
    fs::write("src/generated/table.rs", "pub const N: u32 = 42;\n").unwrap();
    // The header of a dependency, which its build script wrote into its own folder.
    let header = env::var("DEP_HEADER_INCLUDE").unwrap() + "/made.h";
    println!("cargo::rustc-env=HEADER={}", fs::read_to_string(header).unwrap().trim());
}
