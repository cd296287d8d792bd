fn main() {
    println!("{}", greeter::greeting(&std::env::args().nth(1).unwrap()));
}
