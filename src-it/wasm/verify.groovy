import java.util.jar.JarFile

def log = new File(basedir, 'build.log').text
assert log =~ /(\d+) crates rebuilt, \1 identical/
assert log.contains('tally-wasm32-unknown-unknown: ') && log.contains('tally-wasm32-wasip1: ')
// What a caller finds in the module, and what the module wants of its caller.
assert log.contains('exports allocate(i32) -> i32, tally_json(i32, i32) -> i64')
assert log =~ /imports .*wasi_snapshot_preview1\.fd_read\(i32, i32, i32, i32\) -> i32/

def jar = new JarFile(new File(basedir, 'target/tally-1.0.0.jar'))
['tally.wasm', 'tally-program.wasm'].each {
  assert new String(jar.getInputStream(jar.getEntry(it)).bytes, 'ISO-8859-1').startsWith('\0asm')
}

def tests = new File(basedir, 'target/surefire-reports/TEST-demo.TallyTest.xml').text
assert tests.contains('tests="2"') && tests.contains('errors="0"') && tests.contains('failures="0"')
