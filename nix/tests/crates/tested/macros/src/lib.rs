use proc_macro::TokenStream;

/// ```
/// assert_eq!(macros::twice!(2), 4);
/// ```
#[proc_macro]
pub fn twice(input: TokenStream) -> TokenStream {
    doubled(&input.to_string()).parse().unwrap()
}

fn doubled(text: &str) -> String {
    format!("(2 * {text})")
}

#[test]
fn doubles() {
    assert_eq!(doubled("a"), "(2 * a)");
    assert_eq!(helper::loudly("a").to_lowercase(), "a");
}
