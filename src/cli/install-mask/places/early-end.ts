/** A command that ends the file, by itself or after a test, not in a block. */
const EARLY_END = /^(?:[^\s#].*(?:&&|\|\||;)\s*)?(?:return|exit|exec)\b/

/**
 * Which line of a shell's file may end it before what is written below: what
 * such a shell starts then has nothing of it. Commands inside of `if` and
 * `case` are indented and not looked at.
 */
export function earlyEnd(text: string): string | undefined {
  const lines = text.split('\n')
  const index = lines.findIndex(line => EARLY_END.test(line))
  if (index < 0) return undefined
  return `line ${index + 1} may end this file before what is added below it (${lines[index]?.trim()}): programs of such a shell are not watched then. Move the added lines above it`
}
