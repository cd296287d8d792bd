use std::ffi::{c_int, c_void};

mod c {
    use super::*;
    extern "C" {
        pub fn answer() -> c_int;
        pub fn call_back(function: extern "C" fn(*mut c_void) -> c_int, data: *mut c_void) -> c_int;
    }
}

pub fn answer() -> i32 {
    unsafe { c::answer() }
}

/// Calls a closure from C.
pub fn call_back<F: FnMut() -> bool>(mut function: F) -> bool {
    extern "C" fn trampoline<F: FnMut() -> bool>(data: *mut c_void) -> c_int {
        unsafe { (*data.cast::<F>())().into() }
    }
    unsafe { c::call_back(trampoline::<F>, std::ptr::from_mut(&mut function).cast()) != 0 }
}
