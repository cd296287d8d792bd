cfg_if::cfg_if! {
    if #[cfg(unix)] {
        fn main() {}
    } else {
        fn main() {
            panic!("built elsewhere");
        }
    }
}
