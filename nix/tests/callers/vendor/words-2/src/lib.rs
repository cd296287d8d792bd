pub const WORD: &str = "hello";
