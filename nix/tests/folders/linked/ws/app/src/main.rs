mod common;

fn main() {
    println!("{} {} {} {}", linked::f().trim(), inner::f(), common::C, include_str!("../words/one.txt").trim());
}
