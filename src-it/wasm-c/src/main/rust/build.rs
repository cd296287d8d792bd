fn main() {
    let mut build = cc::Build::new();
    build.file("src/fletcher.c");
    if std::env::var("CARGO_CFG_TARGET_OS").unwrap() == "wasi" {
        build.file("src/say.c");
    }
    build.compile("checksum_c");
}
