import { MongowatchError } from '../errors.ts'
import { LEAST_KEY_BYTES } from '../integrity/key-bytes.ts'
import { choice, type Options } from './option-values.ts'

/** Formatters whose lines are JSON objects, to which a seal can be added. */
export const SEALABLE: readonly unknown[] = [
  'json',
  'ecs',
  'otel',
  'ocsf',
  'mongo-audit',
]

/** A file handler's `integrity`; `undefined` when there is none. */
export function integrityOf(
  options: Options,
): { readonly key: string | undefined } | undefined {
  const mistake = integrityMistake(options)
  if (mistake !== undefined) {
    throw new MongowatchError('MONGOWATCH_OPTION', mistake)
  }
  const kind = choice(options, 'integrity', ['none', 'chain', 'hmac'])
  if (kind === 'none') return undefined
  return { key: kind === 'hmac' ? keyOf(options) : undefined }
}

/** What is wrong with the options about integrity. */
export function integrityMistake(options: Options): string | undefined {
  const { integrity, integrityKey } = options
  if (integrity !== 'hmac') {
    if (integrityKey === undefined) return undefined
    return 'integrity_key: only integrity: hmac has a key'
  }
  if (Buffer.byteLength(keyOf(options)) >= LEAST_KEY_BYTES) return undefined
  return `integrity_key: expected at least ${LEAST_KEY_BYTES} bytes for integrity: hmac, such as "\${file:/etc/mongowatch/integrity.key}" or "\${env:AUDIT_KEY}"`
}

/** A file with a key usually ends with a line end, which is not part of it. */
function keyOf({ integrityKey }: Options): string {
  return String(integrityKey ?? '').trim()
}
