// an old copy
pub const MADE: u32 = 1;
