#[test]
fn answers() {
    assert_eq!(tested::answer(), helper::ANSWER);
}
