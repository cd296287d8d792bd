fn main() {
    cxx_build::CFG.include_prefix = "a";
    let include = std::path::Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("include");
    cxx_build::CFG.exported_header_dirs.push(&include);
    cxx_build::bridge("src/lib.rs").std("c++17").compile("a-bridge");
}
