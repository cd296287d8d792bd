// Chains of `let` are stable since Rust 1.88.
pub fn half(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse::<u32>() && number % 2 == 0 { Some(number / 2) } else { None }
}

#[unsafe(no_mangle)]
pub extern "C" fn half_of(number: u32) -> u32 {
    half(&number.to_string()).unwrap_or(0)
}
