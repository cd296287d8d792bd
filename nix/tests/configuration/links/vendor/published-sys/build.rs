fn main() { panic!("it runs"); }
