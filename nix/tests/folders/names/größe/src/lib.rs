pub fn maß() -> u32 { 7 }
