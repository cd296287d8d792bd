fn main() {
    println!("{}", app::answer());
}

#[test]
fn of_the_program() {
    assert_eq!(env!("CARGO_BIN_NAME"), "app");
}
