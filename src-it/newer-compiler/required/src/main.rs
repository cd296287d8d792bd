fn main() {
    let text = std::env::args().nth(1);
    if let Some(text) = text && !text.is_empty() {
        println!("{text}");
    }
}
