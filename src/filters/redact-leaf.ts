import { documentOf } from '../record/marks.ts'
import { DETECTORS, mayHold, type Span } from './detectors.ts'
import { DROPPED } from './redact-actions.ts'
import type { CompiledRules, DetectRule } from './redact-rules.ts'

/** A part of a text that a detector found. */
type Find = Span & DetectRule

/** Numbers shorter than a payment card's need no detector. */
const SMALLEST_CARD = 1e12

/**
 * Applies the rules to a value that holds no others.
 *
 * Detectors of earlier rules go first. What they find is all there is to
 * hide, unless `rule` is for the whole value and they found only a part.
 *
 * @param rule - the first rule that fits for the value as a whole
 */
export function redactLeaf(
  rules: CompiledRules,
  value: unknown,
  rule: number,
): unknown {
  const action = rules.actions[rule]
  if (typeof value === 'object' && value !== null) {
    return action === undefined
      ? redactInside(rules, value, rule)
      : action(value)
  }
  if (rules.detectors.length === 0) {
    return action === undefined ? value : action(value)
  }
  const text = textToSearch(value)
  const finds = text === undefined ? [] : findBefore(rules, text, rule)
  if (text === undefined || finds.length === 0) {
    return action === undefined ? value : action(value)
  }
  if (action !== undefined && !rules.keeps[rule] && !isAllOf(text, finds)) {
    return action(value)
  }
  return replaceFinds(text, finds)
}

/** The text within `{ $oid: … }` and the like. */
function redactInside(
  rules: CompiledRules,
  wrapped: object,
  rule: number,
): unknown {
  const [entry] = Object.entries(wrapped)
  if (entry === undefined) return wrapped
  const inner = redactLeaf(rules, entry[1], rule)
  if (inner === entry[1]) return wrapped
  return inner === DROPPED ? DROPPED : documentOf(entry[0], inner)
}

function textToSearch(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const isLong = typeof value === 'number' && Math.abs(value) >= SMALLEST_CARD
  return isLong && Number.isInteger(value) ? String(value) : undefined
}

/** What detectors of rules before `rule` find; nothing is found twice. */
function findBefore(
  { detectors }: CompiledRules,
  text: string,
  rule: number,
): Find[] {
  let finds: Find[] = []
  if (!mayHold(text)) return finds
  for (const detector of detectors) {
    if (detector.rule >= rule) break
    const spans = DETECTORS[detector.kind](text)
    if (spans.length > 0) finds = withNew(finds, spans, detector)
  }
  return finds
}

/** Both are in the order of the text; one look at each. */
function withNew(
  finds: readonly Find[],
  spans: readonly Span[],
  detector: DetectRule,
): Find[] {
  const all: Find[] = []
  let next = 0
  for (const span of spans) {
    for (; (finds[next]?.end ?? Infinity) <= span.start; next++)
      all.push(finds[next] as Find)
    const isBeforeNext = span.end <= (finds[next]?.start ?? Infinity)
    const isAfterLast = span.start >= (all.at(-1)?.end ?? 0)
    if (isBeforeNext && isAfterLast) all.push({ ...detector, ...span })
  }
  return all.concat(finds.slice(next))
}

function isAllOf(text: string, finds: readonly Find[]): boolean {
  const found = finds.reduce((sum, { start, end }) => sum + end - start, 0)
  return found === text.length
}

function replaceFinds(text: string, finds: readonly Find[]): unknown {
  let replaced = ''
  let from = 0
  for (const { start, end, kind, action } of finds) {
    const changed = action(text.slice(start, end), kind)
    const isWhole = start === 0 && end === text.length
    if (changed === DROPPED && isWhole) return DROPPED
    replaced += text.slice(from, start)
    if (changed !== DROPPED) replaced += String(changed)
    from = end
  }
  return replaced + text.slice(from)
}
