fn main() {
    println!("{:x}", checksum::checksum(b"abcde"));
    #[cfg(target_os = "wasi")]
    {
        extern "C" {
            fn say(text: *const std::ffi::c_char) -> i32;
        }
        assert_eq!(unsafe { say(c"hello".as_ptr()) }, 0);
    }
}
