fn main() {
    println!("cargo::rustc-env=TEXT={}", std::fs::read_to_string(given::folder().join("data.txt")).unwrap().trim());
}
