use std::{env, path::PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=src/point.h");
    println!("cargo::rerun-if-changed=src/point.c");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    bindgen::builder()
        .header("src/point.h")
        .allowlist_function("point_.*")
        .generate()
        .unwrap()
        .write_to_file(out.join("point.rs"))
        .unwrap();
    cc::Build::new().file("src/point.c").compile("point");
}
