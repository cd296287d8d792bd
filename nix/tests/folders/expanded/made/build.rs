fn main() {
    std::fs::write("made.txt", "new").unwrap();
}
