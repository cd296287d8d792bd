pub const NAME: &str = "three-b";
