// Verifies a Sigstore bundle of a DSSE envelope with a public key: verify-bundle.mjs BUNDLE PUBLIC-KEY-PEM.
import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { bundleFromJSON } from '@sigstore/bundle'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'

const [bundleFile, keyFile] = process.argv.slice(2)
const bundle = bundleFromJSON(JSON.parse(readFileSync(bundleFile, 'utf8')))
const publicKey = createPublicKey(readFileSync(keyFile))
const trust = toTrustMaterial(
  { tlogs: [], ctlogs: [], certificateAuthorities: [], timestampAuthorities: [] },
  (hint) => ({ publicKey, validFor: () => true }))
const verifier = new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 })
try {
  verifier.verify(toSignedEntity(bundle))
} catch (error) {
  console.error(`${error.code}: ${error.message}`)
  process.exit(1)
}
console.log('verified', bundle.verificationMaterial.content.publicKey.hint)
