pub fn folder() -> &'static str {
    env!("CARGO_MANIFEST_DIR")
}
