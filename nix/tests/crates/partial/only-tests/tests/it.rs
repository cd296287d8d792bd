#[test]
fn fails() {
    panic!("on purpose");
}
