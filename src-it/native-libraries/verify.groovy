def log = new File(basedir, 'build.log').text

// What applies, before anything is built.
assert log.contains('openssl-sys 0.9.118: libssl-dev (shipped: ')
assert log.contains('libsqlite3-sys 0.30.1: libsqlite3-dev (shipped: ')
assert log.contains('clang-sys 1.9.1: libclang-dev (shipped: ')
assert log.contains('prost-build 0.13.5: libprotobuf-dev, protobuf-compiler (shipped: ')
assert log =~ /database 1\.0\.0: ANSWERED_BY=a row of our own \(.*nix-overrides\.toml:3:1\)/
assert log =~ /Missing in the toolchain.*: libclang-dev, libprotobuf-dev, libsqlite3-dev, libssl-dev, protobuf-compiler/

// The toolchain of the plugin has none of it, and nothing is tried.
def refusal = log.indexOf('the toolchain lacks Debian packages that crates need:')
assert refusal > 0
assert log.indexOf('    libssl-dev for openssl-sys 0.9.118 (shipped: ', refusal) > 0
assert !(log.substring(0, refusal) =~ /Building \d+ crate/)

// Pinned with the reasons, built and run.
assert log.indexOf('libssl-dev for openssl-sys 0.9.118 (shipped: ', log.indexOf('BUILD FAILURE')) > 0
def sysroot = new File(basedir, 'target/nix/toolchain').canonicalPath
def says = { name, String... arguments ->
    // By the sysroot's loader: the machine that runs this may lack the libraries.
    def program = new File(basedir, "target/nix/result-$name/bin/$name").path
    ([sysroot + '/usr/lib64/ld-linux-x86-64.so.2', '--library-path', sysroot + '/usr/lib/x86_64-linux-gnu', program] + arguments.toList())
        .execute().text.trim()
}
assert says('digest', 'abc') ==~ /OpenSSL 3\.[^\n]*\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/
assert says('database') ==~ /SQLite 3\.\d+\.\d+ says 42, a row of our own/
assert says('headers') == '42'
assert says('messages') == 'hello after 2 s'
