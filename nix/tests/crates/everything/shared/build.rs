fn main() {
    println!("cargo::rustc-link-arg-cdylib=-Wl,--defsym=of_this_cdylib=0x6");
    println!("cargo::rustc-cfg=answer");
    println!("cargo::rustc-check-cfg=cfg(answer)");
}
