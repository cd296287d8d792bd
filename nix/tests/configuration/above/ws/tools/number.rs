const NUMBER: u32 = 41;
