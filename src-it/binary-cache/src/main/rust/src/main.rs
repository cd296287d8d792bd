fn main() {
    println!("answer {}", itoa::Buffer::new().format(42));
}
