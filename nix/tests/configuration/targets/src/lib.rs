#[no_mangle]
pub extern "C" fn built_for() -> *const u8 {
    env!("FOR").as_ptr()
}
