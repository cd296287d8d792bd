#![feature(never_type)] // RUSTC_BOOTSTRAP is set

fn main() {
    println!("{:?} {} {}", env!("GREETING"), env!("FORCED"), env!("dotted-name"));
    println!("{} {} {}", env!("CARGO_PKG_NAME"), env!("CARGO_CRATE_NAME"), env!("HOME") == "not this");
    println!("{:?}", [env!("SEEN_GREETING"), env!("SEEN_FORCED"), env!("SEEN_TERM"), env!("SEEN_ABSOLUTE"), env!("SEEN_dotted_name")]);
    println!("{:?}", [env!("SEEN_CARGO_PKG_NAME"), env!("SEEN_WORD"), env!("SEEN_HOME"), env!("SEEN_UNSTABLE")]);
    println!("{} {:?}", member::word(), mac::greeting!());
    let root = env!("WORKSPACE");
    for path in [env!("ASSETS"), env!("WORD"), env!("MADE")] {
        println!("{}", path.strip_prefix(root).unwrap());
    }
    println!("{}", env!("CARGO_MANIFEST_DIR") == root.trim_end_matches('/') && root.ends_with('/'));
    println!("{}", std::path::Path::new(env!("OUT_DIR")).is_absolute());
}
