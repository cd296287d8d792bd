use std::io::Read;

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("UTF-8 on stdin");
    println!("{}", serde_json::to_string(&tally::tally(&text)).unwrap());
}
