fn main() {
    prost_build::compile_protos(&["src/greeting.proto"], &["src"]).unwrap();
}
