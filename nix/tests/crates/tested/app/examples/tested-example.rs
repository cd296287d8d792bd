fn main() {}

#[test]
fn of_the_example() {}
