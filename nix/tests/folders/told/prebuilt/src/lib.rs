mod c {
    extern "C" {
        pub fn answer() -> i32;
    }
}
pub fn answer() -> i32 {
    unsafe { c::answer() }
}
