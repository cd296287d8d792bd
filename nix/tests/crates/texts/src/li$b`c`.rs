pub const TEXTS: [&str; 11] = [
    if cfg!(marked = "$HOME`id`\\") { "marked" } else { "not marked" },
    env!("CARGO_PKG_NAME"),
    env!("CARGO_PKG_VERSION"),
    env!("CARGO_PKG_AUTHORS"),
    env!("CARGO_PKG_DESCRIPTION"),
    env!("CARGO_PKG_HOMEPAGE"),
    env!("CARGO_PKG_LICENSE"),
    env!("CARGO_PKG_LICENSE_FILE"),
    env!("CARGO_PKG_README"),
    env!("CARGO_PKG_REPOSITORY"),
    env!("SEEN_BY_THE_BUILD_SCRIPT"),
];
