pub const MADE: &str = include_str!("../include/made.h");
