fn main() {
    for name in ["GREETING", "FORCED", "TERM", "ABSOLUTE", "dotted-name", "CARGO_PKG_NAME"] {
        println!("cargo::rustc-env=SEEN_{}={}", name.replace('-', "_"), std::env::var(name).unwrap().replace('\n', "|"));
    }
    println!("cargo::rustc-env=SEEN_WORD={}", std::fs::read_to_string(std::env::var("WORD").unwrap()).unwrap());
    println!("cargo::rustc-env=SEEN_HOME={}", std::env::var("HOME").unwrap() == "not this");
    println!("cargo::rustc-env=SEEN_UNSTABLE={}", std::env::var("CARGO_CFG_TARGET_HAS_ATOMIC_EQUAL_ALIGNMENT").is_ok());
}
