#[no_mangle] pub extern "C" fn statics_len() -> usize { helper::volume().len() }
