pub fn digits(n: u32) -> String { itoa::Buffer::new().format(n).to_owned() }
pub const BUILT: &str = include_str!(concat!(env!("OUT_DIR"), "/built.txt"));
