fn main() {
    println!("measured {}", app::answer());
}
