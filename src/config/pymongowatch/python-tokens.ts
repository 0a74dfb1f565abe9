const TOKEN =
  /\s+|[A-Za-z_]\w*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|==|!=|<=|>=|[-+*/%<>()[\]{},.:]/y

/** A piece of a Python expression that is not understood. */
export class ExpressionError extends Error {}

/** The tokens of a Python expression, without spaces. */
export function pythonTokens(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) throw new ExpressionError(quote(text.slice(at)))
    if (match[0].trim() !== '') tokens.push(match[0])
  }
  return tokens
}

/** A short piece of text in a message. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, 20))
}
