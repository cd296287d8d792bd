extern "C" {
    fn fletcher(bytes: *const u8, length: usize) -> u32;
}

pub fn checksum(bytes: &[u8]) -> u32 {
    unsafe { fletcher(bytes.as_ptr(), bytes.len()) }
}

/// Of the four bytes of a number, the lowest first.
#[no_mangle]
pub extern "C" fn checksum_of(number: u32) -> u32 {
    checksum(&number.to_le_bytes())
}
