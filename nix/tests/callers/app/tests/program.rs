use std::process::Command;

/// Programs stand where cargo has them: beside the folder of the tests, or in it.
#[test]
fn says_what_the_library_says() {
    let mut program = std::env::current_exe().unwrap();
    while !program.join("app").is_file() {
        assert!(program.pop());
    }
    let output = Command::new(program.join("app")).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), app::text());
}

#[test]
fn has_what_the_caller_prepared() {
    assert_eq!(std::env::var("PREPARED").as_deref(), Ok("yes"));
    assert!(Command::new("helper").status().unwrap().success());
}

#[test]
#[should_panic(expected = "only when asked for")]
fn skipped() {
    panic!("the caller asked for this one to be left out");
}
