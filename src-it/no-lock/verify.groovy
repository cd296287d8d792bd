def log = new File(basedir, 'build.log').text
assert log.contains("${basedir}/Cargo.lock: no such file")
assert log.contains('cargo generate-lockfile')
assert !new File(basedir, 'Cargo.nix').exists()
