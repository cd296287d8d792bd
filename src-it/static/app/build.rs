fn main() {
    for name in ["TARGET", "CARGO_CFG_TARGET_ENV"] {
        println!("cargo::rustc-env=SEEN_{name}={}", std::env::var(name).unwrap());
    }
    // Runs on the machine that builds, which has another C library.
    println!("cargo::rustc-env=SCRIPT_ENV={}", if cfg!(target_env = "gnu") { "gnu" } else { "other" });
    // What probes of build scripts do.
    let mut probe = std::process::Command::new(std::env::var_os("RUSTC").unwrap());
    probe.args(["--crate-name", "probe", "--crate-type", "lib", "--emit", "metadata", "--target"]);
    probe.arg(std::env::var_os("TARGET").unwrap()).arg("--out-dir").arg(std::env::var_os("OUT_DIR").unwrap());
    let flags = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap();
    probe.args(flags.split('\x1f')).arg("probe.rs");
    let works = probe.status().unwrap().success();
    println!("cargo::rustc-env=PROBE={works}");
    // It holds the path of the source.
    std::fs::remove_file(std::path::Path::new(&std::env::var_os("OUT_DIR").unwrap()).join("libprobe.rmeta")).unwrap();
}
