/** What other languages call CEL's operators. */
const OPERATORS: { readonly [foreign: string]: string } = {
  '=': '==',
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '&': '&&',
  '|': '||',
  and: '&&',
  or: '||',
  not: '!',
  is: '==',
}

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[=!<>&|]+|\w+/g

/** An operator of another language in an expression. */
export interface ForeignOperator {
  readonly at: number
  readonly written: string
  readonly known: string
}

/** The one at the place of a mistake of the syntax, or just before it. */
export function foreignOperator(
  expression: string,
  at: number,
): ForeignOperator | undefined {
  const before = [...expression.matchAll(TOKEN)].filter(
    ({ index }) => index <= at,
  )
  for (const { 0: written, index } of before.slice(-2).reverse()) {
    const known = nativeOperator(written)
    if (known !== undefined) return { at: index, written, known }
  }
  return undefined
}

/** CEL's operator for one of another language. */
export function nativeOperator(written: string): string | undefined {
  const name = written.toLowerCase()
  return Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
}
