pub const HOW: &str = env!("PUBLISHED");
