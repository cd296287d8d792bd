import java.security.KeyPairGenerator

def pem = { String label, byte[] content ->
    "-----BEGIN ${label}-----\n${Base64.getMimeEncoder(64, '\n'.bytes).encodeToString(content)}\n-----END ${label}-----\n"
}
def keys = KeyPairGenerator.getInstance('Ed25519').generateKeyPair()
new File(basedir, 'release.pem').text = pem('PRIVATE KEY', keys.private.encoded)
new File(basedir, 'release.pub').text = pem('PUBLIC KEY', keys.public.encoded)

return true
