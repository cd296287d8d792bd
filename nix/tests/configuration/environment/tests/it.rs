#[test]
fn when_it_runs() {
    assert_eq!(std::env::var("FORCED").unwrap(), "yes");
    assert_eq!(std::env::var("TERM").unwrap(), "this");
    assert_ne!(std::env::var("HOME").unwrap(), "not this");
    assert_eq!(std::env::var("CARGO_PKG_NAME").unwrap(), "app");
    assert_eq!(std::fs::read_to_string(std::env::var("WORD").unwrap()).unwrap(), "word");
    let made = std::path::PathBuf::from(std::env::var("MADE").unwrap());
    assert!(!made.exists());
    std::fs::create_dir_all(&made).unwrap();
}
