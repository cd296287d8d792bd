fn main() { println!("{} {} {}", env!("X"), masse::maß(), include_str!("größe & $HOME.txt").trim()) }
