// ESTA's kernel, as far as it decides whether a module is launched with signatures required; written from its rule, not from our code:
//   manifest  { name, path, checksum, capabilities: [], signature: hex or absent }, one a module; `path` as seen from the working directory
//   checksum  SHA-256 of the module's bytes in lower-case hexadecimal
//   signature Ed25519 over the ASCII of the checksum followed by the module's bytes
// esta-verify.mjs MANIFEST PUBLIC-KEY-HEX
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const CAPABILITIES = ['log', 'audit_emit', 'persistence_read', 'persistence_write']

function refuse(reason) {
  console.error(`refused: ${reason}`)
  process.exit(1)
}

function text(manifest, field) {
  if (typeof manifest[field] !== 'string') {
    refuse(`the manifest has no ${field}`)
  }
  return manifest[field]
}

function publicKey(hex) {
  if (!/^[0-9a-f]{64}$/i.test(hex)) {
    refuse('the public key is not 32 bytes in hexadecimal')
  }
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(hex, 'hex')])
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}

const [manifestFile, keyHex] = process.argv.slice(2)
const key = publicKey(keyHex)
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
const name = text(manifest, 'name')
const checksum = text(manifest, 'checksum')
const module = readFileSync(text(manifest, 'path'))

if (!Array.isArray(manifest.capabilities) || manifest.capabilities.some((each) => !CAPABILITIES.includes(each))) {
  refuse('the kernel would drop a capability')
}
if (createHash('sha256').update(module).digest('hex') !== checksum) {
  refuse('checksum mismatch')
}
if (manifest.signature === undefined || manifest.signature === null || manifest.signature === '') {
  refuse('signature required but not provided')
}
if (!/^[0-9a-f]{128}$/i.test(manifest.signature)) {
  refuse('the signature is not 64 bytes in hexadecimal')
}
const signed = Buffer.concat([Buffer.from(checksum, 'ascii'), module])
if (!verify(null, signed, key, Buffer.from(manifest.signature, 'hex'))) {
  refuse('invalid signature')
}
console.log(`launched ${name} with ${manifest.capabilities.join(' ')}`)
