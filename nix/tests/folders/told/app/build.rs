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
    let text = fs::read_to_string(format!("{prefix}/data.txt")).unwrap();
    println!("cargo::rustc-env=TOLD={} {} {} {}", header.trim(), between.trim(), linked.trim(), text.trim());
}
