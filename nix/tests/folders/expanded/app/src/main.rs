fn main() {
    println!("{} {} {}", env!("TEXT"), mac::text!(), front::word!());
    println!("{}", made::made!());
}

#[test]
fn the_folder_of_a_dependency_is_there() {
    assert_eq!(std::fs::read_to_string(given::folder().join("data.txt")).unwrap(), "data\n");
}
