import type { Scalar, ScalarNode } from './node.ts'

const WORDS: Readonly<Record<string, Scalar>> = {
  true: true,
  false: false,
  null: null,
}

/**
 * A text that came out of `${…}` as the number, boolean or null it spells,
 * when the text itself does not fit and that does.
 */
export function coerceSubstituted(
  node: ScalarNode,
  fits: (candidate: ScalarNode) => boolean,
): ScalarNode {
  const { value } = node
  const asText: ScalarNode = { ...node, substituted: false }
  if (typeof value !== 'string' || fits(asText)) return asText
  const spelled = spelledValue(value)
  if (spelled === undefined) return asText
  const candidate: ScalarNode = { ...asText, value: spelled }
  return fits(candidate) ? candidate : asText
}

function spelledValue(text: string): Scalar | undefined {
  if (Object.hasOwn(WORDS, text)) return WORDS[text]
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  return undefined
}
