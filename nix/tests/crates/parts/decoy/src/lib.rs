pub const TEXT: &str = "decoy";
