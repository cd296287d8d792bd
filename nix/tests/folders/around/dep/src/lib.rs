mod made;
pub use made::MADE;
