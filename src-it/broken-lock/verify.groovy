def log = new File(basedir, 'build.log').text
assert log.contains("${basedir}/Cargo.lock:14:1: not valid TOML")
assert log.contains('restore the file from version control')
assert !new File(basedir, 'Cargo.nix').exists()
