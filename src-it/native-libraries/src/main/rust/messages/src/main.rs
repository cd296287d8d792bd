//! Encodes and decodes a message by code that protoc and prost made.
use prost::Message;

include!(concat!(env!("OUT_DIR"), "/greeting.rs"));

fn main() {
    let greeting = Greeting {
        text: "hello".into(),
        wait: Some(prost_types::Duration { seconds: 2, nanos: 0 }),
    };
    let decoded = Greeting::decode(greeting.encode_to_vec().as_slice()).unwrap();
    println!("{} after {} s", decoded.text, decoded.wait.unwrap().seconds);
}
