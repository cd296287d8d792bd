fn not_called() {}

fn main() {
    if cfg!(any(feature = "loud", mine = "two", docsrs)) {
        println!("never");
    }
    println!("fine");
}
