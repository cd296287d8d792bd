#[test]
fn of_the_root_fails() {
    panic!("on purpose");
}
