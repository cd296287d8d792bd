import groovy.json.JsonSlurper
import java.security.KeyFactory
import java.security.MessageDigest
import java.security.Signature
import java.security.spec.X509EncodedKeySpec

def log = new File(basedir, 'build.log').text
def nix = new File(basedir, 'target/nix')
def json = { File file -> new JsonSlurper().parse(file) }
def program = new File(nix, 'result-app/bin/app')
def sha256 = MessageDigest.getInstance('SHA-256').digest(program.bytes).encodeHex().toString()

assert log =~ /Bill of materials: 4 crates, of which 3 in the built files and \d{3} packages in the toolchain/
def bom = json(new File(nix, 'bom.json'))
assert bom.metadata.timestamp == '2026-01-01T00:00:00Z'
assert bom.metadata.component.purl == 'pkg:maven/it/provenance@1?type=pom'
assert bom.components.find { it.name == 'itoa' }.scope == 'required'
assert bom.components.find { it.name == 'cfg-if' }.scope == 'excluded'
assert bom.components.find { it.name == 'words' }.licenses[0].license.name == 'license-file: LICENCE'
assert bom.components.find { it.name == 'app' }.components.find { it.name == 'bin/app' }.hashes[0].content == sha256

def publicKey = KeyFactory.getInstance('Ed25519')
    .generatePublic(new X509EncodedKeySpec(new File(basedir, 'release.pub').text.readLines()[1].decodeBase64()))
def verifies = { byte[] message, byte[] signature ->
    def verifier = Signature.getInstance('Ed25519')
    verifier.initVerify(publicKey)
    verifier.update(message)
    verifier.verify(signature)
}
def statements = ['provenance', 'verification'].collectEntries { name ->
    def envelope = json(new File(nix, "${name}.sigstore.json")).dsseEnvelope
    def payload = envelope.payload.decodeBase64()
    def head = "DSSEv1 ${envelope.payloadType.size()} ${envelope.payloadType} ${payload.length} "
    def signed = new ByteArrayOutputStream()
    signed.write(head.bytes)
    signed.write(payload)
    assert verifies(signed.toByteArray(), envelope.signatures[0].sig.decodeBase64())
    [name, new JsonSlurper().parse(payload)]
}
assert statements.provenance.subject.find { it.name == 'app/bin/app' }.digest.sha256 == sha256
assert statements.provenance.predicate.runDetails.builder.id == 'https://ci.example.org/release'
assert statements.provenance.predicate.runDetails.byproducts*.name == ['bom.json', 'bom.xml']
assert statements.verification.predicate.result == 'PASSED'
['signature: good', 'subjects: good', 'builder: good', 'pins: good', 'verification: good'].each { assert log.contains(it) }
assert log.contains('provenance.sigstore.json: subjects: ' + new File(basedir, 'Cargo.toml'))

def manifest = json(new File(nix, 'manifests/app.json'))
assert manifest.path == 'modules/app' && manifest.capabilities == ['log'] && manifest.checksum == sha256
assert verifies([manifest.checksum.bytes, program.bytes].flatten() as byte[], manifest.signature.decodeHex())

def installed = new File(localRepositoryPath, 'it/provenance/1').list() as List
['provenance-1-provenance.sigstore.json', 'provenance-1-verification.sigstore.json', 'provenance-1-cyclonedx.json',
 'provenance-1-cyclonedx.xml'].each { assert it in installed }

assert !log.contains(new File(basedir, 'release.pem').text.readLines()[1][0..30])
