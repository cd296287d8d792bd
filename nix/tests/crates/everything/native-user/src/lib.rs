pub fn answer() -> i32 { native_sys::answer() }
