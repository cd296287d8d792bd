extern "C" {
    static for_second: u8;
}

fn main() {
    unsafe { println!("{} {:x} {}", env!("CARGO_BIN_NAME"), &for_second as *const u8 as usize & 0xfff, env!("CARGO_CRATE_NAME")) };
}
