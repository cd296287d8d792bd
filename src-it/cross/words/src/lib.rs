//! Runs in the compiler, on the machine that builds.

use proc_macro::{Literal, TokenStream, TokenTree};

/// The architecture that this macro was compiled for.
#[proc_macro]
pub fn compiled_on(_: TokenStream) -> TokenStream {
    TokenTree::from(Literal::string(std::env::consts::ARCH)).into()
}
