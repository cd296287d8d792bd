pub const NAME: &str = "one";
