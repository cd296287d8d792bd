fn main() {
    println!("{} {}", env!("HEADER"), published::MADE.trim());
}
