use std::fs;

fn main() {
    fs::write("src/rows.rs", "pub const ROWS: usize = 3;\n").unwrap();
    fs::create_dir_all("../app/src").unwrap();
    fs::write("../app/src/from_library.rs", "pub const WRITTEN: &str = \"new\";\n").unwrap();
}
