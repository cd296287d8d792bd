use std::{env, fs};

fn main() {
    let told = |name: &str| env::var(format!("DEP_{name}")).unwrap();
    let header = fs::read_to_string(told("HEADERS_INCLUDE") + "/thing.h").unwrap();
    // of a package that this one does not depend on itself, through the one between
    let between = fs::read_to_string(told("MIDDLE_INCLUDE") + "/thing.h").unwrap();
    // links in OUT_DIR
    let linked = fs::read_to_string(told("LINKED_ROOT") + "/include/linked.h").unwrap();
    // a text in OUT_DIR, such as those of pkg-config
    let text = fs::read_to_string(told("TEXT_ROOT") + "/text.pc").unwrap();
    let prefix = text.trim().strip_prefix("prefix=").unwrap();
    let data = fs::read_to_string(format!("{prefix}/data.txt")).unwrap();
    // for the compiler: a variable, and code in OUT_DIR
    println!("cargo::rustc-env=HEADER={}/thing.h", told("HEADERS_INCLUDE"));
    let code = format!("pub const TEXT: &str = include_str!(\"{prefix}/data.txt\");\n");
    fs::write(env::var("OUT_DIR").unwrap() + "/code.rs", code).unwrap();
    println!("cargo::rustc-env=TOLD={} {} {} {}", header.trim(), between.trim(), linked.trim(), data.trim());
}
