use std::{env, fs, path::Path};

fn main() {
    assert_eq!(helper::volume(), "loud", "what runs in the build shares its features");
    assert!(Path::new(helper::folder()).join("src/lib.rs").exists(), "the sources of what it is built with are there");
    let out = env::var("OUT_DIR").unwrap();
    assert!(Path::new("scripts/make.rs").exists(), "the working directory is the package's");
    assert_eq!(env::current_dir().unwrap(), Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()));

    // The environment as the build script saw it, less what differs by place and machine.
    let mut seen: Vec<String> = env::vars()
        .filter(|(name, _)| {
            name.starts_with("DEP_")
                || name.starts_with("CARGO_FEATURE_")
                || name.starts_with("CARGO_PKG_")
                || ["DEBUG", "HOST", "TARGET", "OPT_LEVEL", "PROFILE", "CARGO_ENCODED_RUSTFLAGS"].contains(&name.as_str())
        })
        .map(|(name, value)| format!("{name}={value:?}"))
        .collect();
    seen.sort();
    fs::write(Path::new(&out).join("seen.rs"), format!("pub const SEEN: &str = {:?};\n", seen.join("\n"))).unwrap();

    println!("cargo::rustc-cfg=from_script");
    println!("cargo:rustc-cfg=old_style=\"va lue\"");
    println!("cargo::rustc-check-cfg=cfg(from_script)");
    println!("  cargo:rustc-check-cfg=cfg(old_style, values(\"va lue\"))  ");
    println!("cargo::rustc-env=FROM_SCRIPT=a = b 'c'");
    println!("cargo:rustc-env=dashed-name=dashed value");
    println!("cargo::rustc-link-arg=-Wl,--defsym=for_all=0x1");
    println!("cargo::rustc-link-arg-bins=-Wl,--defsym=for_bins=0x2");
    println!("cargo::rustc-link-arg-bin=app=-Wl,--defsym=for_app=0x3");
    println!("cargo:rustc-link-arg-bin=second-tool=-Wl,--defsym=for_second=0x4");
    for kind in ["tests", "examples", "benches"] {
        println!("cargo::rustc-link-arg-{kind}=-Wl,--defsym=for_tests=0x9");
        println!("cargo:rustc-link-arg-{kind}=-Wl,--defsym=old_for_tests=0xa");
    }
    println!("cargo:rustc-link-arg=-Wl,--defsym=old_for_all=0x7");
    println!("cargo:rustc-link-arg-bins=-Wl,--defsym=old_for_bins=0x8");
    println!("cargo::metadata=ignored=because app links nothing");
    println!("cargo::warning=a warning from the script");
    println!("cargo::rerun-if-changed=scripts/make.rs");
    println!("cargo::rerun-if-env-changed=NOTHING");
    println!("cargo:free-form=metadata");
    println!("no directive at all");
}
