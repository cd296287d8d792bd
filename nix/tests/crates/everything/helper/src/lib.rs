/// Differs between host and target, and between build dependency and proc-macro only as far as cargo unifies features.
pub fn volume() -> &'static str {
    if cfg!(feature = "loud") { "loud" } else { "quiet" }
}

/// Where this package lies, for build scripts that want its files.
#[cfg(feature = "loud")]
pub fn folder() -> &'static str {
    env!("CARGO_MANIFEST_DIR")
}
