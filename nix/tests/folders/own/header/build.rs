use std::{env, fs};

fn main() {
    let include = env::var("CARGO_MANIFEST_DIR").unwrap() + "/include";
    fs::create_dir_all(&include).unwrap();
    fs::write(format!("{include}/made.h"), "#define MADE 2\n").unwrap();
    println!("cargo::metadata=include={include}");
}
