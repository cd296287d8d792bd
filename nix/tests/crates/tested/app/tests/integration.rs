use std::path::Path;
use std::process::Command;

#[test]
fn runs_the_program() {
    let program = env!("CARGO_BIN_EXE_app");
    assert_eq!(std::env::var("CARGO_BIN_EXE_app").as_deref(), Ok(program));
    let output = Command::new(program).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), "42");
}

#[test]
fn finds_the_program_beside_its_own_folder() {
    let mut folder = std::env::current_exe().unwrap();
    folder.pop();
    assert!(folder.ends_with("release/deps"));
    assert!(folder.parent().unwrap().join("app").exists());
    assert!(folder.parent().unwrap().join("examples/show").exists());
}

#[test]
fn has_a_folder_for_files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join("file"), "text").unwrap();
    assert!(std::env::var("CARGO_TARGET_TMPDIR").is_err(), "only while compiling");
}

#[test]
fn shares_the_library_with_its_helper() {
    assert_eq!(helper::checked(), app::answer());
}
