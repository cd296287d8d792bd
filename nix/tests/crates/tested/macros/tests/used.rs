#[test]
fn expands() {
    assert_eq!(macros::twice!(3), 6);
}
