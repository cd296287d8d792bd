fn main() {
    println!("{:?} {:?}", asked::half("42"), asked::half("7"));
}
