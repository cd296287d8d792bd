// an old copy
pub const N: u32 = 1;
