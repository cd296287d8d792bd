#[no_mangle] pub extern "C" fn exported() -> i32 { 1 }
