pub const TEXT: &str = concat!("part ", env!("CARGO_PKG_VERSION"));
