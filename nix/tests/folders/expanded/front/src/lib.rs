#[doc(hidden)]
pub use mac::word as _word;

#[macro_export]
macro_rules! word {
    () => {
        $crate::_word!()
    };
}
