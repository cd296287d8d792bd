//! Asks the system's SQLite for an answer.
fn main() -> rusqlite::Result<()> {
    let connection = rusqlite::Connection::open_in_memory()?;
    connection.execute_batch("create table n (i integer); insert into n values (20), (22);")?;
    let sum: i64 = connection.query_row("select sum(i) from n", [], |row| row.get(0))?;
    println!("SQLite {} says {sum}, {}", rusqlite::version(), env!("ANSWERED_BY"));
    Ok(())
}
