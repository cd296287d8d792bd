fn main() {
    println!("an example");
}
