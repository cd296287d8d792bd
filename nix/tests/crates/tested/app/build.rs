fn main() {
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(format!("{out}/answer.txt"), "42").unwrap();
    println!("cargo::rustc-check-cfg=cfg(scripted)");
    println!("cargo::rustc-cfg=scripted");
    println!("cargo::rustc-env=SAID_BY_SCRIPT=a word");
    println!("cargo::rustc-link-arg-tests=-Wl,--defsym=of_tests=1");
    println!("cargo::rustc-link-arg-benches=-Wl,--defsym=of_benches=1");
    println!("cargo::rustc-link-arg-examples=-Wl,--defsym=of_examples=1");
    println!("cargo::rustc-link-arg-bins=-Wl,--defsym=of_bins=1");
}
