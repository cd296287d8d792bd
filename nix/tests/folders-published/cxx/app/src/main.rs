#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("app/src/app.h");
        fn both(value: i32) -> i32;
    }
}

fn main() {
    // twice in Rust, called by C++ through the header of another crate
    let _ = a::twice;
    println!("{}", ffi::both(20));
}
