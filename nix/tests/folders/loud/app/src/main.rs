#![allow(unexpected_cfgs)]

fn main() {
    let said = [
        option_env!("LATIN"),
        option_env!("OVERLONG"),
        option_env!("SURROGATE"),
        option_env!("TOO_LARGE"),
        option_env!("CUT"),
        option_env!("INDENTED"),
        option_env!("EMPTY"),
        option_env!("EQUALS"),
        option_env!("WIDE"),
        option_env!("SPACE"),
        option_env!("NOT"),
    ];
    println!("{said:?} {} {}", cfg!(new), cfg!(last));
}
