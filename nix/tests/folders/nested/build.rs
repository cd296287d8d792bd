fn main() {
    println!("cargo::rustc-env=MADE={}", gen::made() + &std::fs::read_to_string("tools/gen/word.txt").unwrap().trim());
}
