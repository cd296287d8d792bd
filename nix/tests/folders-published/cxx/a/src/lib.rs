#[cxx::bridge(namespace = "a")]
pub mod ffi {
    struct Shared { value: i32 }
    extern "Rust" {
        fn twice(shared: &Shared) -> i32;
    }
}
pub fn twice(shared: &ffi::Shared) -> i32 { shared.value * 2 }
