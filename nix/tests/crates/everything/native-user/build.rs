use std::{env, fs};

/// Sees the metadata of its direct dependency.
fn main() {
    let include = env::var("DEP_NATIVE_THING_INCLUDE").expect("metadata of a direct dependency");
    assert!(fs::read_to_string(format!("{include}/answer.h")).unwrap().contains("native_answer"));
    assert_eq!(env::var("DEP_NATIVE_THING_SOME_KEY").unwrap(), "new style = yes");
    assert_eq!(env::var("DEP_NATIVE_THING_TWICE").unwrap(), "last");
}
