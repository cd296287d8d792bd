pub fn text() -> String {
    if cfg!(feature = "loud") {
        words::WORD.to_uppercase()
    } else {
        words::WORD.to_string()
    }
}
