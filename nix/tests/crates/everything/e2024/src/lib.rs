// `unsafe extern` is demanded
unsafe extern "C" {
    pub safe fn abs(n: i32) -> i32;
}

pub fn edition() -> u32 {
    abs(-2024) as u32
}
