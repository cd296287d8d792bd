pub fn made() -> String { "made ".into() }
