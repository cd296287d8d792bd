fn main() {
    println!("cargo::rustc-check-cfg=cfg(unused)");
    for (chosen, line) in [
        (cfg!(feature = "error"), "cargo::error=install the widget first"),
        (cfg!(feature = "panics"), "cargo::warning=about to panic"),
        (cfg!(feature = "unknown-key"), "cargo::rustc-link-thing=x"),
        (cfg!(feature = "no-value"), "cargo::rustc-cfg"),
        (cfg!(feature = "no-value-old"), "cargo:something"),
        (cfg!(feature = "no-metadata"), "cargo::metadata=something"),
        (cfg!(feature = "flag-without-value"), "cargo::rustc-flags=-l"),
        (cfg!(feature = "error-and-more"), "cargo::error=the widget is broken\ncargo::no-such-thing=x"),
        (cfg!(feature = "flags"), "cargo:rustc-flags=-l m -O3"),
        (cfg!(feature = "bootstrap"), "cargo::rustc-env=RUSTC_BOOTSTRAP=1"),
        (cfg!(feature = "bin-form"), "cargo::rustc-link-arg-bin=broken"),
        (cfg!(feature = "no-such-bin"), "cargo::rustc-link-arg-bin=other=-x"),
        (cfg!(feature = "env-form"), "cargo::rustc-env=NAME"),
        (cfg!(feature = "library"), "cargo::rustc-link-lib=static=missing"),
    ] {
        if chosen {
            println!("{line}");
        }
    }
    assert!(!cfg!(feature = "panics"), "on purpose");
}
