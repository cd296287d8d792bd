fn main() {
    println!("a program of its own");
    assert!(cfg!(test));
}
