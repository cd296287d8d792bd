/// Greets.
///
/// ```
/// assert_eq!(greeter::greeting("you"), "hello, you");
/// ```
pub fn greeting(whom: &str) -> String {
    format!("hello, {whom}")
}

#[cfg(test)]
mod tests {
    mod names {
        #[test]
        fn are_said() {
            assert!(crate::greeting("Ada").ends_with("Ada"));
        }
    }

    #[test]
    fn numbers_are_said() {
        assert_eq!(crate::greeting(itoa::Buffer::new().format(7)), "hello, 7");
    }

    #[test]
    #[ignore = "slow"]
    fn slow_ones_wait() {}
}
