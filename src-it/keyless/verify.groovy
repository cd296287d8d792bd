def log = new File(basedir, 'build.log').text
assert log.contains('keyless signing needs the library sigstore-java')
assert log.contains('<artifactId>sigstore-java</artifactId>')
assert log.contains('signature: the signature cannot be verified: ')
assert log.contains('there is no token that identifies the signer, and no browser can be opened to get one')
assert !log.contains('An API incompatibility')
assert !new File(basedir, 'target/nix/provenance.sigstore.json').exists()

// An older part of Bouncy Castle beside newer ones fails with NoSuchFieldError.
def parts = (log =~ /Included: org\.bouncycastle:(\w+)-jdk18on:jar:([\d.]+)/).collect { [it[1], it[2]] }.collectEntries()
assert parts.bcpkix && parts.bcutil == parts.bcprov
