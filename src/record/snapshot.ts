import { Copier } from './copier.ts'
import { hideCompared } from './hide-compared.ts'
import { DEFAULT_LIMITS, type SnapshotLimits } from './limits.ts'
import { headOf, leftOut, omitted } from './marks.ts'
import { hideSecret, keyKind } from './secret-value.ts'
import { maskText } from './secrets-text.ts'

/**
 * A bounded copy of any value as plain data in relaxed Extended JSON form,
 * with secrets masked (docs/values.md). It shares nothing with the value, and
 * JSON.stringify takes it as it is.
 *
 * No code of the application runs: Proxies are not touched, accessors,
 * `toJSON` and the like are not called. What cannot be shown is a mark.
 */
export function snapshot(
  value: unknown,
  limits: SnapshotLimits = DEFAULT_LIMITS,
): unknown {
  try {
    const copier = new Copier(limits)
    const copy = copier.value(value, 0)
    return copier.namesSecret ? hideCompared(copy) : copy
  } catch {
    // only when the stack or the memory is exhausted
    return omitted('copy failed')
  }
}

/**
 * {@link snapshot} of a value that has a name, such as an argument: under the
 * name of a secret it is masked.
 */
export function snapshotNamed(
  name: string,
  value: unknown,
  limits: SnapshotLimits = DEFAULT_LIMITS,
): unknown {
  const kind = keyKind(name)
  if (kind === 'plain') return snapshot(value, limits)
  if (kind === 'prose' && typeof value === 'string')
    return maskMessage(value, limits)
  return snapshot(hideSecret(kind, name, value, {}), limits)
}

/**
 * {@link snapshot} of a list of documents with one key each, given as keys and
 * values: the documents need not be made to be copied.
 */
export function snapshotPairs(
  pairs: readonly (readonly [string, unknown])[],
  limits: SnapshotLimits = DEFAULT_LIMITS,
): unknown {
  try {
    const copier = new Copier(limits)
    const copy = copier.elements(pairs.length, 0, i =>
      copier.document(1, 1, () => pairs[i] ?? ['', undefined]),
    )
    return copier.namesSecret ? hideCompared(copy) : copy
  } catch {
    return omitted('copy failed')
  }
}

/** A text of the driver or the server, cut and with secrets masked. */
export function maskMessage(
  text: string,
  limits: Pick<SnapshotLimits, 'string'> = DEFAULT_LIMITS,
): string {
  const kept = headOf(text, limits.string)
  const left = text.length - kept.length
  return left === 0 ? maskText(kept) : maskText(kept, true) + leftOut(left)
}
