// The build script says which library this is.
#[link(name = "native_name")]
extern "C" {}

extern "C" {
    fn native_answer() -> i32;
}

pub fn answer() -> i32 {
    unsafe { native_answer() }
}
