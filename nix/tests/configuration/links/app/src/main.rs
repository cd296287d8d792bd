fn main() {
    println!("{} {}", thing_sys::HOW, published_sys::HOW);
    println!("{:?}", [env!("DEP_THING_INCLUDE"), env!("DEP_THING_TWO_WORDS"), env!("DEP_PUBLISHED_ROOT"), env!("DEP_BASED_SAID")]);
}
