def log = new File(basedir, 'build.log').text
def count = (log =~ /(\d+) crates built, (\d+) reused/)[0]
assert (count[1] as int) + (count[2] as int) > 100

// C and assembly, and a procedural macro, among them
def derivers = ['aura-core', 'aura-crypto'].collect { new File(basedir, "target/nix/result-$it").canonicalPath }
def closure = ['nix-store', '--query', '--requisites', *['nix-store', '--query', '--deriver', *derivers].execute().text.readLines()].execute().text
for (crate in ['blake3-1.', 'curve25519-dalek-4.', 'serde_derive-1.', 'frost-ed25519-1.', 'tokio-1.']) {
    assert closure.contains("-rust-$crate")
}
