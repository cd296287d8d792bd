fn main() { compile_error!("required features are not met, so this is not built"); }
