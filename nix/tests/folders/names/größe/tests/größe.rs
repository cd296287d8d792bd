#[test] fn größe() { assert_eq!(masse::maß(), 7) }
