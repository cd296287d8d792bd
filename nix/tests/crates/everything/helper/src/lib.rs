/// Differs between host and target, and between build dependency and proc-macro only as far as cargo unifies features.
pub fn volume() -> &'static str {
    if cfg!(feature = "loud") { "loud" } else { "quiet" }
}
