fn main() {
    println!("{}", helper::loudly("shown"));
}
