fn main() {
    print!("{}", include_str!("../../assets/text.txt"));
}
