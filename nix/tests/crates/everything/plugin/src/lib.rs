use proc_macro::TokenStream;

#[proc_macro_derive(Shout)]
pub fn shout(_item: TokenStream) -> TokenStream {
    format!("impl Thing {{ fn shout(&self) -> &'static str {{ {:?} }} }}", helper::volume()).parse().unwrap()
}
