pub const NAME: &str = "two";
