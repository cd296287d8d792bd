fn main() {
    for text in texts::TEXTS {
        println!("[{text}]");
    }
}
