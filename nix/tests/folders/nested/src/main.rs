fn main() {
    println!(
        "{} {} {} {} {} {}",
        include_str!("../inner/grammar.txt").trim(),
        include_str!("../inner/deeper/words.txt").trim(),
        include_str!("../data/result").trim(),
        include_str!("../data/result-1").trim(),
        inner::f().trim(),
        env!("MADE"),
    );
}
