#[no_mangle]
pub extern "C" fn kept() -> i32 {
    versioned::value()
}
#[no_mangle]
pub extern "C" fn hidden() -> i32 {
    2
}
