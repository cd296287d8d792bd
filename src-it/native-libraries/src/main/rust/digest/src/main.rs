//! Prints the SHA-256 of its arguments, by the system's OpenSSL.
use openssl::hash::{hash, MessageDigest};

fn main() {
    println!("{}", openssl::version::version());
    for argument in std::env::args().skip(1) {
        let digest = hash(MessageDigest::sha256(), argument.as_bytes()).unwrap();
        for byte in digest.iter() {
            print!("{byte:02x}");
        }
        println!();
    }
}
