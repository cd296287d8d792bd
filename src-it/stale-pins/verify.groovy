def log = new File(basedir, 'build.log').text
assert log.contains('is not up to date with Cargo.lock and the manifests')
assert log.contains('itoa 1.0.14: the lock has 1.0.15')
assert log.contains('stale-pins 0.1.0: its manifest')
assert log.contains('Run `mvn nix:generate`')
assert !log.contains('crates built')
