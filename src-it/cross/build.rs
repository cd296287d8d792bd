fn main() {
    cc::Build::new().file("src/machine.c").compile("machine");
    println!("cargo::rustc-env=PREPARED_ON={}", std::env::consts::ARCH);
    println!("cargo::rustc-env=PREPARED_FOR={}", std::env::var("CARGO_CFG_TARGET_ARCH").unwrap());
}
