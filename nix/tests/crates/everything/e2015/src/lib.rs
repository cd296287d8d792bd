// `async` is an ordinary name, and a path in `use` starts at the crate's root
mod inner {
    pub fn async() -> u32 {
        2015
    }
}
use inner::async;

pub fn edition() -> u32 {
    async()
}

// What the compiler has to say of a user's own crate is for him to see.
fn nobody_calls_this() {}
