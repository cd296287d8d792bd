//! Counts words, for callers that share nothing but a WebAssembly memory with it.

use serde::Serialize;

#[derive(Serialize)]
pub struct Tally<'a> {
    words: usize,
    longest: &'a str,
}

pub fn tally(text: &str) -> Tally<'_> {
    // Of several longest ones the first.
    let longest = text.split_whitespace().rev().max_by_key(|word| word.chars().count());
    Tally { words: text.split_whitespace().count(), longest: longest.unwrap_or("") }
}

/// Room for a text of that many bytes.
#[no_mangle]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// Counts the words of a text in memory that `allocate` gave.
///
/// Returns where the answer is, in JSON: the address in the upper half, the length in the lower.
///
/// # Safety
/// The text is UTF-8 and nobody else uses it.
#[no_mangle]
pub unsafe extern "C" fn tally_json(text: *const u8, length: usize) -> u64 {
    let text = std::str::from_utf8_unchecked(std::slice::from_raw_parts(text, length));
    let answer = serde_json::to_vec(&tally(text)).unwrap().leak();
    (answer.as_ptr() as u64) << 32 | answer.len() as u64
}
