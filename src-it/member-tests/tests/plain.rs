fn main() {
    assert_eq!(greeter::greeting("all"), "hello, all");
}
