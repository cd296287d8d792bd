fn main() {
    if std::env::var_os("CARGO_FEATURE_CLI").is_none() {
        panic!("cargo runs no build script where nothing is built");
    }
}
