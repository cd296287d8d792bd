#[proc_macro]
pub fn greeting(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let assets = std::env::var("ASSETS").unwrap();
    let word = std::fs::read_to_string(format!("{assets}/word.txt")).unwrap();
    format!("({:?}, {word:?}, {:?})", std::env::var("GREETING").unwrap(), env!("FORCED")).parse().unwrap()
}
