fn main() {
    for name in ["DEP_THING_INCLUDE", "DEP_THING_TWO_WORDS", "DEP_PUBLISHED_ROOT", "DEP_BASED_SAID"] {
        println!("cargo::rustc-env={name}={}", std::env::var(name).unwrap());
    }
}
