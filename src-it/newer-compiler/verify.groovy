def log = new File(basedir, 'build.log').text
assert log.contains("Compiler 1.97.1: $basedir/asked/rust-toolchain.toml:2:1 asks for 1.97")
assert log.contains('Compiler 1.97.1, because of what packages require: required 0.1.0 (1.88)')
assert log.contains('asked-wasm32-unknown-unknown: ') && log.contains('asked-wasm32-wasip1: ')
assert log.contains('exports half_of(i32) -> i32')
assert log =~ /imports .*wasi_snapshot_preview1\.fd_write\(i32, i32, i32, i32\) -> i32/
assert log =~ /(\d+) crates? rebuilt, (\1|all) identical/

// The one compiler is in what was built, and in what is said of it.
assert new File(basedir, 'target/nix/result-asked-wasm32-wasip1/bin/asked.wasm').getText('ISO-8859-1').contains('rustc')
def bom = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/nix/bom.json'))
assert bom.components.any { it.name == 'rustc' && it.version.startsWith('1.97.1+dfsg') }

def sysroot = new File(basedir, 'target/nix/toolchain').canonicalPath
def run = { List<String> words ->
  def command = ["$sysroot/usr/lib64/ld-linux-x86-64.so.2", '--library-path', "$sysroot/usr/lib/x86_64-linux-gnu"] + words
  def process = command*.toString().execute()
  def printed = process.text
  assert process.waitFor() == 0
  printed
}
assert run(["$basedir/target/nix/result-asked/bin/asked"]) == 'Some(21) None\n'
assert run(["$basedir/target/nix/result-required/bin/required", 'built']) == 'built\n'
