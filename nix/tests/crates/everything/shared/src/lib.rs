#[cfg(answer)]
#[no_mangle]
pub extern "C" fn shared_answer() -> i32 {
    native_user::answer()
}
