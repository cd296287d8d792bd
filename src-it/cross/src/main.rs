use std::ffi::{c_char, CStr};

extern "C" {
    fn machine() -> *const c_char;
}

fn main() {
    let c = unsafe { CStr::from_ptr(machine()) };
    println!("Rust for {}, {}", std::env::consts::ARCH, c.to_str().unwrap());
    println!("prepared on {} for {}, compiled on {}", env!("PREPARED_ON"), env!("PREPARED_FOR"), words::compiled_on!());
    // Another thread, a panic and the time, which take the C library and an unwinder.
    let panicked = std::thread::spawn(|| panic!("on purpose")).join().is_err();
    println!("a thread {}, {} s", if panicked { "panicked" } else { "ended" }, std::time::Duration::from_millis(1500).as_secs_f32());
}
