import { MongowatchError } from '../errors.ts'
import { compileSpec, type Pad } from './template-spec.ts'

/** A piece of a parsed template: its own text, or a name to be replaced. */
export type TemplatePart =
  | { readonly literal: string }
  | { readonly name: string; readonly pad: Pad }

const NAME = /^[^{}!:]+$/
const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g

/**
 * Parses a template in the style of Python's `str.format`: `{name}`,
 * `{name:<8}`, `{{` and `}}` for braces. Names are only looked up, never
 * called.
 */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let literal = ''
  for (const { 0: token, 1: inside, index } of template.matchAll(TOKEN)) {
    if (inside !== undefined) {
      if (literal !== '') parts.push({ literal })
      literal = ''
      parts.push(parseName(template, index, inside))
    } else if (token === '{' || token === '}') {
      throw problem(template, index, `a ${token} alone; twice is a plain one`)
    } else {
      literal += token === '{{' || token === '}}' ? token[0] : token
    }
  }
  if (literal !== '') parts.push({ literal })
  return parts
}

function parseName(template: string, at: number, inside: string): TemplatePart {
  const colon = inside.indexOf(':')
  const name = colon < 0 ? inside : inside.slice(0, colon)
  if (!NAME.test(name)) throw problem(template, at, `no name in {${inside}}`)
  const pad = compileSpec(colon < 0 ? '' : inside.slice(colon + 1))
  if (pad !== undefined) return { name, pad }
  throw problem(
    template,
    at,
    `{${inside}}: expected an alignment, a width or a precision, as in {${name}:<8}`,
  )
}

/** A mistake in a template, with the place where it is. */
export function problem(
  template: string,
  at: number,
  what: string,
): MongowatchError {
  const place = at < 0 ? '' : ` at character ${at + 1}`
  return new MongowatchError(
    'MONGOWATCH_FORMATTER',
    `format ${JSON.stringify(template)}${place}: ${what}`,
  )
}
