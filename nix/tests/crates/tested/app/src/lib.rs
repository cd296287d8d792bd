//! A library with tests of every kind.
//!
//! ```
//! assert_eq!(app::answer(), 42);
//! ```

/// Says so.
///
/// ```
/// assert_eq!(app::answer(), macros::twice!(21));
/// assert_eq!(helper::checked(), 42);
/// ```
///
/// ```should_panic
/// app::fail();
/// ```
///
/// ```ignore
/// this is no Rust
/// ```
pub fn answer() -> u32 {
    include_str!(concat!(env!("OUT_DIR"), "/answer.txt")).parse().unwrap()
}

pub fn fail() {
    panic!("as it should");
}

#[cfg(test)]
mod tests {
    #[test]
    fn knows_the_answer() {
        assert_eq!(super::answer(), 42);
        assert_eq!(helper::loudly("yes"), "YES");
    }

    #[test]
    #[should_panic(expected = "as it should")]
    fn panics() {
        super::fail();
    }

    #[test]
    #[ignore = "takes too long"]
    fn ignored() {
        unreachable!();
    }

    #[test]
    fn sees_its_package() {
        println!("printed, and caught by the harness");
        assert!(std::path::Path::new("src/lib.rs").exists(), "the working directory is the package's");
        assert_eq!(std::env::var("CARGO_PKG_VERSION").as_deref(), Ok("0.3.0"));
        assert_eq!(std::env::var("SAID_BY_SCRIPT").as_deref(), Ok("a word"));
        assert!(std::env::var("OUT_DIR").is_ok());
        assert!(cfg!(scripted));
    }
}
