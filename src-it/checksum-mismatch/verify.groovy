def log = new File(basedir, 'build.log').text
assert log.contains("${basedir}/Cargo.lock:13:1")
assert log.contains('itoa 1.0.14')
assert log.contains('000000001b190afb') || log.contains('00000000')
assert log.contains('d75a2a4b')
assert !new File(basedir, 'Cargo.nix').exists()
