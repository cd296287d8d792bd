fn main() {
    println!("gated");
}
