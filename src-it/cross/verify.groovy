def log = new File(basedir, 'build.log').text
assert log.contains('the toolchain lock cannot build for aarch64-unknown-linux-gnu: it does not contain g++-aarch64-linux-gnu,')
assert log.contains('Add <target>aarch64-unknown-linux-gnu</target> to the plugin\'s <targets> and run `mvn nix:toolchain`.')
assert new File(basedir, 'nix-toolchain.lock.json').text.contains('"libstd-rust-dev:arm64"')

// What a program says of itself, its C, its build script and a procedural macro of its own.
def said = { machine, c ->
  "Rust for $machine, $c\nprepared on x86_64 for $machine, compiled on x86_64\na thread panicked, 1.5 s\n".toString()
}
def here = new File(basedir, 'target/nix/result-probe/bin/probe')
assert [here.path].execute().text == said('x86_64', 'C for another machine')

def there = new File(basedir, 'target/nix/result-probe-aarch64-unknown-linux-gnu/bin/probe')
// ELF, 64 bit, little-endian, and EM_AARCH64 as e_machine
assert there.bytes[0..5] == [0x7f, 0x45, 0x4c, 0x46, 2, 1]
assert there.bytes[18] == (byte) 183 && there.bytes[19] == 0
// With the C library that the toolchain has for that machine.
def libraries = new File(basedir, 'target/nix/toolchain/usr/aarch64-linux-gnu').canonicalPath
assert ['qemu-aarch64', '-L', libraries, there.path].execute().text == said('aarch64', 'C for aarch64')

assert log.contains('Not run: tests for aarch64-unknown-linux-gnu, which this machine cannot run')
