use std::ffi::CStr;

fn main() {
    let sqlite = unsafe { CStr::from_ptr(libsqlite3_sys::sqlite3_libversion()) };
    println!("{} {:?}", env!("SQLITE"), sqlite);
    println!("{} {}", env!("ZSTD"), unsafe { zstd_sys::ZSTD_versionNumber() });
}
