use std::{env, fs, os::unix::fs::symlink, path::Path};

fn main() {
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap();
    let out = env::var("OUT_DIR").unwrap();
    fs::write(format!("{folder}/include/made.h"), "new\n").unwrap();
    // as cxx-build does it
    let link = Path::new(&out).join("crate");
    let _ = fs::remove_file(&link);
    symlink(&folder, link).unwrap();
    println!("cargo:include={folder}/include");
    println!("cargo:root={out}");
}
