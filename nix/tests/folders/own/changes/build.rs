use std::{fs, path::Path};

fn main() {
    if Path::new("given").exists() {
        fs::rename("given", "moved").unwrap();
    }
    if Path::new("kind").is_file() {
        fs::remove_file("kind").unwrap();
        fs::create_dir("kind").unwrap();
        fs::write("kind/inside [a]*.txt", "inside").unwrap();
    }
    let _ = fs::remove_file("link.txt");
    std::os::unix::fs::symlink("moved/deep/word.txt", "link.txt").unwrap();
    // as long as what was there
    fs::write("same-length.txt", "two").unwrap();
    println!("cargo::rustc-check-cfg=cfg(gone)");
    if !Path::new("given").exists() {
        println!("cargo::rustc-cfg=gone");
    }
}
