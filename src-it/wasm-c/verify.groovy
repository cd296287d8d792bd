def log = new File(basedir, 'build.log').text
assert log.contains('C code for wasm32-unknown-unknown needs clang, which the plugin\'s own toolchain lock does not contain. Run `mvn nix:toolchain`')
  || log.contains('C code for wasm32-wasip1 needs clang and wasi-libc, which the plugin\'s own toolchain lock does not contain. Run `mvn nix:toolchain`')
// What takes part in both builds is named with what it was built for.
assert log =~ /built checksum 0\.1\.0 for wasm32-unknown-unknown, wasm32-wasip1 \(\d+ of \d+\)/
def lock = new File(basedir, 'nix-toolchain.lock.json').text
assert lock.contains('"clang"') && lock.contains('"wasi-libc"')

def tests = new File(basedir, 'target/surefire-reports/TEST-demo.ChecksumTest.xml').text
assert tests.contains('tests="2"') && tests.contains('errors="0"') && tests.contains('failures="0"')
