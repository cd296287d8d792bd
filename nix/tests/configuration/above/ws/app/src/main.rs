include!(concat!(env!("TOOLS"), "made.rs"));

fn main() {
    println!("{} {} {}", env!("PREFIX"), published::NUMBER + MADE, env!("TOOLS").ends_with("/tools/"));
    println!("{}", env!("APP") == env!("CARGO_MANIFEST_DIR"));
}
