use std::{env, fs};

fn main() {
    let header = fs::read_to_string(env::var("DEP_PUBLISHED_INCLUDE").unwrap() + "/made.h").unwrap();
    let through = fs::read_to_string(env::var("DEP_PUBLISHED_ROOT").unwrap() + "/crate/include/given.h").unwrap();
    println!("cargo::rustc-env=HEADER={} {}", header.trim(), through.trim());
}
