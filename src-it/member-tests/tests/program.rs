#[test]
fn greets() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_greeter")).arg("you").output().unwrap();
    assert_eq!(output.stdout, b"hello, you\n");
}
