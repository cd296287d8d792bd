fn main() {
    println!("{}", include_str!("../src/generated/table.rs"));
}
