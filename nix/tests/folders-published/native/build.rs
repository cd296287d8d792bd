use std::{env, fs};

// The headers that these packages compiled their own copies with.
fn header(links: &str, file: &str, definition: &str) -> String {
    let folder = env::var(format!("DEP_{links}_INCLUDE")).unwrap();
    let header = fs::read_to_string(format!("{folder}/{file}")).unwrap();
    let line = header.lines().find(|line| line.starts_with(&format!("#define {definition} ")));
    line.unwrap().split_whitespace().last().unwrap().replace('"', "")
}

fn main() {
    println!("cargo::rustc-env=SQLITE={}", header("SQLITE3", "sqlite3.h", "SQLITE_VERSION"));
    println!("cargo::rustc-env=ZSTD={}", header("ZSTD", "zstd.h", "ZSTD_VERSION_MINOR"));
}
