fn main() { println!("cargo::rustc-cfg=x"); }
