fn main() {
    cc::Build::new().file("src/answer.c").compile("answer");
}
