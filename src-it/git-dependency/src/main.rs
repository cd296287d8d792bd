fn main() {
    println!("{}", greeting::GREETING.trim());
}
