def log = new File(basedir, 'build.log').text
// What each call of Maven printed.
def calls = log.split('Scanning for projects').drop(1)
assert calls.length == 10

def nix = [one: 'one/Cargo.nix', two: 'two/src/main/rust/Cargo.nix', a: 'three/a/Cargo.nix', b: 'three/b.nix']
nix.values().each {
  assert new File(basedir, it).isFile()
  assert calls[0].contains("Wrote ${basedir}/${it}: 1 crate")
}
assert new File(basedir, 'three/b.nix').text.contains('wasm32-wasip1')
['company', 'reactor', 'plain'].each {
  assert calls[0].contains("Nothing to do: there is no Cargo.lock beside the POM of ${it}")
}

def checked = { call -> nix.findAll { calls[call].contains("${basedir}/${it.value} is up to date with Cargo.lock") }.keySet() as List }
assert checked(1) == ['one', 'two', 'a', 'b']
assert calls[2].contains("${basedir}/one/Cargo.nix is not up to date with Cargo.lock")
assert checked(3) == ['one', 'two']
assert checked(4) == ['two', 'a', 'b']
assert checked(5) == ['a', 'b']
assert calls[6].contains('<locks> contains an element that is not a <cargo>')

['one', 'two'].each {
  assert calls[7].contains("${it}: ${basedir}/${it}/target/nix/result-${it}")
  assert new File(basedir, "${it}/target/nix/result-${it}/lib").isDirectory()
}
assert calls[7].contains('Nothing to do: there is no Cargo.lock beside the POM of plain')

// Once, although there are many modules.
assert calls[8].count('nix:check (phase validate)') == 1
assert calls[8].contains('Property nix.cargoManifest, type File')
assert calls[9].contains('this plugin has no goal `nosuch`')
