fn main() {
    println!("{} {}", mac::value!(), given::folder());
}
