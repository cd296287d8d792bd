pub fn f() -> &'static str { concat!(include_str!("../grammar.txt"), include_str!("../deeper/words.txt")) }
