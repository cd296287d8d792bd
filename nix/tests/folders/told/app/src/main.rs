fn main() {
    println!("{} {}", env!("TOLD"), prebuilt::answer());
}
