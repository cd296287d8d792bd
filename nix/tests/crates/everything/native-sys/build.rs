use std::{env, fs, path::PathBuf, process::Command};

fn run(program: &str, arguments: &[&str]) {
    assert!(Command::new(program).args(arguments).status().unwrap().success(), "{program} failed");
}

/// A static library by the C compiler, without a crate to help.
fn main() {
    assert_eq!(env::var("CARGO_MANIFEST_LINKS").unwrap(), "native-thing");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let (object, library) = (out.join("answer.o"), out.join("libanswer.a"));
    run("cc", &["-O2", "-fPIC", "-c", "answer.c", "-o", object.to_str().unwrap()]);
    run("ar", &["crsD", library.to_str().unwrap(), object.to_str().unwrap()]);
    fs::create_dir_all(out.join("include")).unwrap();
    fs::write(out.join("include/answer.h"), "int native_answer(void);\n").unwrap();

    println!("cargo:rustc-link-lib=static:-bundle=answer");
    println!("cargo::rustc-link-lib=dylib:+verbatim=libm.so.6");
    println!("cargo::rustc-link-lib=native_name:m");
    println!("cargo::rustc-link-search=native={}", out.display());
    println!("cargo::rustc-link-search=/usr/lib/outside");
    for kind in ["dependency", "crate", "framework", "all"] {
        println!("cargo:rustc-link-search={kind}=/usr/lib/{kind}");
    }
    println!("cargo:rustc-link-search=native={}/deeper", out.display());
    println!("cargo::rustc-flags=-lm -L/usr/lib/joined");
    println!("cargo:rustc-flags=-L native=/usr/lib/elsewhere -lm");
    println!("cargo:include={}", out.join("include").display());
    println!("cargo::metadata=some-key=new style = yes");
    println!("cargo:twice=first");
    println!("cargo:twice=last");
    println!("cargo::rustc-cdylib-link-arg=-Wl,--defsym=inherited_by_cdylibs=0x5");
}
