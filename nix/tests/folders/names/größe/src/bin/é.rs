fn main() { println!("é") }
