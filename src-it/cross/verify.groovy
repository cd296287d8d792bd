def log = new File(basedir, 'build.log').text
assert log.contains('the toolchain lock has nothing to build for aarch64-unknown-linux-gnu with: it lacks g++-aarch64-linux-gnu,')
assert log.contains('Add <target>aarch64-unknown-linux-gnu</target> to the plugin\'s <targets> and run `mvn nix:toolchain`.')
assert new File(basedir, 'nix-toolchain.lock.json').text.contains('"libstd-rust-dev:arm64"')

def here = new File(basedir, 'target/nix/result-probe/bin/probe')
assert [here.path].execute().text == 'Rust for x86_64, C for another machine\n'

def there = new File(basedir, 'target/nix/result-probe-aarch64-unknown-linux-gnu/bin/probe').bytes
// ELF, 64 bit, little-endian, and EM_AARCH64 as e_machine
assert there[0..5] == [0x7f, 0x45, 0x4c, 0x46, 2, 1]
assert there[18] == (byte) 183 && there[19] == 0
def text = new String(there, 'ISO-8859-1')
assert text.contains('/lib/ld-linux-aarch64.so.1') && text.contains('C for aarch64')
