use std::{env, fs, os::unix::fs::symlink, path::Path};

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    let _ = fs::remove_file(Path::new(&out).join("include"));
    symlink(Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("headers"), Path::new(&out).join("include")).unwrap();
    println!("cargo:root={out}");
}
