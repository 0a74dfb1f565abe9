/** `USER node`. */
export interface Instruction {
  /** In capital letters. */
  readonly name: string
  readonly rest: string
}

/** The instructions of a Dockerfile; lines of here-documents are none. */
export function readInstructions(text: string): Instruction[] {
  const lines = text.split('\n').map(line => line.trimEnd())
  const goesOn = /^#\s*escape\s*=\s*`$/im.test(directives(lines)) ? '`' : '\\'
  const found: Instruction[] = []
  let begun = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (/^\s*(#|$)/.test(line)) continue
    if (line.endsWith(goesOn)) {
      begun += `${line.slice(0, -1)} `
      continue
    }
    const [name = '', ...words] = (begun + line).trim().split(/\s+/)
    const instruction = { name: name.toUpperCase(), rest: words.join(' ') }
    begun = ''
    found.push(instruction)
    at = afterDocuments(lines, at, instruction)
  }
  return found
}

/** The comments before everything else. */
function directives(lines: readonly string[]): string {
  const end = lines.findIndex(line => !line.startsWith('#'))
  return lines.slice(0, end < 0 ? lines.length : end).join('\n')
}

const TAKES_DOCUMENTS = ['ADD', 'COPY', 'RUN']
const DOCUMENT = /(?:^|\s)\d*<<(-?)(["']?)(\w[^\s<"']*)\2(?=\s|$)/g

/** The last line of the here-documents that begin in a line. */
function afterDocuments(
  lines: readonly string[],
  begin: number,
  { name, rest }: Instruction,
): number {
  if (!TAKES_DOCUMENTS.includes(name)) return begin
  let at = begin
  for (const [, dash, , word] of rest.matchAll(DOCUMENT)) {
    const end = lines.findIndex(
      (line, index) =>
        index > at && (dash ? line.replace(/^\t+/, '') : line) === word,
    )
    if (end > 0) at = end
  }
  return at
}
