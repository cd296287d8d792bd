// Verifies a Sigstore bundle that was signed keyless: verify-keyless.mjs BUNDLE TRUSTED-ROOT IDENTITY ISSUER.
import { readFileSync } from 'node:fs'
import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'

const [bundleFile, rootFile, identity, issuer] = process.argv.slice(2)
const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const verifier = new Verifier(
  toTrustMaterial(TrustedRoot.fromJSON(read(rootFile))),
  { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 })
try {
  const signer = verifier.verify(
    toSignedEntity(bundleFromJSON(read(bundleFile))),
    { subjectAlternativeName: identity, extensions: { issuer } })
  console.log('verified', signer.identity.subjectAlternativeName)
} catch (error) {
  console.error(`${error.code}: ${error.message}`)
  process.exit(1)
}
