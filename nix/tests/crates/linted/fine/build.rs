fn main() {
    println!("cargo:rerun-if-changed=build.rs{}", if cfg!(mine = "one") { "!" } else { "" });
}
