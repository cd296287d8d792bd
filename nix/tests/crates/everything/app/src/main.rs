//! Prints what the compiler and the build script were told; the test compares it with the same program built by cargo.
#![allow(non_upper_case_globals)]

include!(concat!(env!("OUT_DIR"), "/seen.rs"));

extern "C" {
    static for_all: u8;
    static for_bins: u8;
    static for_app: u8;
}

#[cfg(not(from_script))]
compile_error!("rustc-cfg is lost");
#[cfg(not(old_style = "va lue"))]
compile_error!("a rustc-cfg with a value is lost");

#[derive(plugin::Shout)]
struct Thing;

/// What a linker leaves of an absolute symbol in a program that can be loaded anywhere.
fn low(symbol: &u8) -> usize {
    symbol as *const u8 as usize & 0xfff
}

fn main() {
    println!("{}", SEEN);
    for (name, value) in [
        ("CARGO_BIN_NAME", option_env!("CARGO_BIN_NAME")),
        ("CARGO_CRATE_NAME", option_env!("CARGO_CRATE_NAME")),
        ("CARGO_PRIMARY_PACKAGE", option_env!("CARGO_PRIMARY_PACKAGE")),
        ("CARGO_PKG_AUTHORS", option_env!("CARGO_PKG_AUTHORS")),
        ("CARGO_PKG_DESCRIPTION", option_env!("CARGO_PKG_DESCRIPTION")),
        ("CARGO_PKG_HOMEPAGE", option_env!("CARGO_PKG_HOMEPAGE")),
        ("CARGO_PKG_LICENSE", option_env!("CARGO_PKG_LICENSE")),
        ("CARGO_PKG_LICENSE_FILE", option_env!("CARGO_PKG_LICENSE_FILE")),
        ("CARGO_PKG_NAME", option_env!("CARGO_PKG_NAME")),
        ("CARGO_PKG_README", option_env!("CARGO_PKG_README")),
        ("CARGO_PKG_REPOSITORY", option_env!("CARGO_PKG_REPOSITORY")),
        ("CARGO_PKG_RUST_VERSION", option_env!("CARGO_PKG_RUST_VERSION")),
        ("CARGO_PKG_VERSION", option_env!("CARGO_PKG_VERSION")),
        ("CARGO_PKG_VERSION_MAJOR", option_env!("CARGO_PKG_VERSION_MAJOR")),
        ("CARGO_PKG_VERSION_MINOR", option_env!("CARGO_PKG_VERSION_MINOR")),
        ("CARGO_PKG_VERSION_PATCH", option_env!("CARGO_PKG_VERSION_PATCH")),
        ("CARGO_PKG_VERSION_PRE", option_env!("CARGO_PKG_VERSION_PRE")),
        ("FROM_SCRIPT", option_env!("FROM_SCRIPT")),
        ("dashed-name", option_env!("dashed-name")),
        ("std", cfg!(feature = "std").then_some("on")),
        ("with-dash", cfg!(feature = "with-dash").then_some("on")),
        ("debug assertions", cfg!(debug_assertions).then_some("on")),
        ("panic", if cfg!(panic = "abort") { Some("abort") } else { Some("unwind") }),
    ] {
        println!("{name}={value:?}");
    }
    println!("file={} module={}", file!(), module_path!());
    println!("symbols={:x} {:x} {:x}", low(unsafe { &for_all }), low(unsafe { &for_bins }), low(unsafe { &for_app }));
    println!("macro={}", Thing.shout());
    println!("twins={} {}", twin_one::which(), twin_two::which());
    println!("editions={} {} {}", e2015::edition(), e2018::edition(), other_name::edition());
    println!("native={} via user={}", native_sys::answer(), native_user::answer());
    println!("dual={} helper={}", dual::twice(21), helper::volume());
}
