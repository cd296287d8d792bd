#[cfg(gone)]
pub const WHAT: &str =
    concat!(include_str!("../link.txt"), " ", include_str!("../kind/inside [a]*.txt"), " ", include_str!("../same-length.txt"));

#[test]
fn what_was_moved_is_not_there() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(!folder.join("given").exists());
    assert!(folder.join("moved/deep/word.txt").exists());
}
