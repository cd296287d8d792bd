pub fn checked() -> u32 {
    app::answer()
}

pub fn loudly(text: &str) -> String {
    if cfg!(feature = "loud") { text.to_uppercase() } else { text.to_owned() }
}
