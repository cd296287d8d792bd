// Says whether a file is CycloneDX 1.6 JSON, by the project's own library for JavaScript and its published schema.
import { readFileSync } from 'node:fs'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
const error = await validator.validate(readFileSync(process.argv[2], 'utf8'))
if (error !== null) {
  console.error(JSON.stringify(error))
  process.exit(1)
}
console.log('valid')
