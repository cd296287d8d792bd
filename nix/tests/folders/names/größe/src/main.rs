fn main() { println!("{} {}", env!("X"), masse::maß()) }
