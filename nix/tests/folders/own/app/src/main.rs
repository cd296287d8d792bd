mod from_library;

fn main() {
    println!("{} {} {} {}", app::table::N, include_str!("generated/table.rs").trim(), env!("HEADER"), from_library::WRITTEN);
    println!("{}", changes::WHAT.trim());
    println!("{}", library::ROWS);
}
