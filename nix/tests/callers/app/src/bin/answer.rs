fn main() {
    println!("{}", plugin::answer!());
}
