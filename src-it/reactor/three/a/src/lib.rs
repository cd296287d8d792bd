pub const NAME: &str = "three-a";
