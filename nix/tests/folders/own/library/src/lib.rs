mod rows;
pub use rows::ROWS;
