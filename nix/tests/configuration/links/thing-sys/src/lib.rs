pub const HOW: &str = if cfg!(found = "by config") { env!("THING") } else { "script" };
pub const OUT: &str = env!("OUT_DIR");
