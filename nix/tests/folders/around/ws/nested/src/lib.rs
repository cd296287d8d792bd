use proc_macro::TokenStream;

#[proc_macro]
pub fn word(_: TokenStream) -> TokenStream {
    let word = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/word.txt")).unwrap();
    format!("{:?}", word.trim()).parse().unwrap()
}
