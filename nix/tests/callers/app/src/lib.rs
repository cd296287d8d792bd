pub fn text() -> String {
    let please = if cfg!(feature = "polite") { ", please" } else { "" };
    let end = option_env!("END_OF_TEXT").unwrap_or("");
    let seen = if cfg!(seen_by_all) { " (seen)" } else { "" };
    format!("{} {}{please}{end}{seen}", greeting::text(), old_words::WORD)
}

#[test]
fn names_the_old_word() {
    assert!(text().contains("old"));
}
