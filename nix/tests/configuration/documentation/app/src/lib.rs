#![cfg_attr(of_target = "two words", doc = "Shown with the flag.")]

/// ```
/// assert_eq!(app::answer(), 42);
/// ```
#[cfg(all(of_target = "two words", not(of_build), not(of_condition)))]
pub fn answer() -> u32 {
    42
}
#[cfg(not(of_target = "two words"))]
pub fn answer() -> u32 {
    42
}
