pub const WORD: &str = "old";
