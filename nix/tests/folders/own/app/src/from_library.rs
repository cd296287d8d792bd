// an old copy
pub const WRITTEN: &str = "old";
