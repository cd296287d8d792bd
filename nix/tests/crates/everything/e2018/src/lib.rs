// `async` is a keyword; a macro's `expr` pattern still takes a trailing `|` apart, and arrays iterate by reference
pub async fn unused() {}

pub fn edition() -> u32 {
    let array = [2018u32];
    #[allow(array_into_iter)]
    let by_reference: &u32 = array.into_iter().next().unwrap();
    *by_reference
}
