pub fn which() -> &'static str { env!("CARGO_PKG_VERSION") }
