#[path = "generated/table.rs"]
pub mod table;

/// ```
/// assert_eq!(app::table::N, 42);
/// ```
pub fn documented() {}

#[test]
fn unit() {
    assert_eq!(table::N, 42);
}
