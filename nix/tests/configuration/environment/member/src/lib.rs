/// ```
/// assert_eq!(env!("FORCED"), "yes");
/// assert_eq!(std::env::var("FORCED").unwrap(), "yes");
/// ```
pub fn word() -> &'static str {
    include_str!(concat!(env!("ASSETS"), "/word.txt"))
}
