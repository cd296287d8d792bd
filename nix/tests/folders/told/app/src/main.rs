include!(concat!(env!("OUT_DIR"), "/code.rs"));

fn main() {
    println!("{} {}", env!("TOLD"), prebuilt::answer());
    println!("{} {}", TEXT.trim(), include_str!(env!("HEADER")).trim());
}
