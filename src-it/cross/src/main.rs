use std::ffi::{c_char, CStr};

extern "C" {
    fn machine() -> *const c_char;
}

fn main() {
    let c = unsafe { CStr::from_ptr(machine()) };
    println!("Rust for {}, {}", std::env::consts::ARCH, c.to_str().unwrap());
}
