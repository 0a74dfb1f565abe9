/** `USER node`. */
export interface Instruction {
  /** In capital letters. */
  readonly name: string
  readonly rest: string
}

/** The instructions of a Dockerfile; lines of here-documents are none. */
export function readInstructions(text: string): Instruction[] {
  const lines = trimmedLines(text)
  const goesOn = escapeOf(text)
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

/** The last stage, with what it has from the stages that it is made of. */
export function lastStage(
  all: readonly Instruction[],
): Instruction[] | undefined {
  const last = all.findLastIndex(({ name }) => name === 'FROM')
  return last < 0 ? undefined : withBases(all, last)
}

/** A stage with those that it is made of: one FROM, of an image. */
function withBases(all: readonly Instruction[], from: number): Instruction[] {
  const next = all.findIndex(({ name }, at) => at > from && name === 'FROM')
  const own = all.slice(from, next < 0 ? all.length : next)
  const image = imageOf(own[0]?.rest ?? '')
  const base = all.findLastIndex(
    ({ name, rest }, at) =>
      at < from && name === 'FROM' && stageName(rest) === image.toLowerCase(),
  )
  return base < 0 ? own : [...withBases(all, base), ...own.slice(1)]
}

/** `--platform=x node:22 AS build`: the image. */
export function imageOf(rest: string): string {
  return rest.split(' ').find(word => !word.startsWith('--')) ?? ''
}

const stageName = (rest: string) => / as (\S+)$/i.exec(rest)?.[1]?.toLowerCase()

/** What goes before a quote or a line end: a backslash, or as it says. */
export function escapeOf(text: string): '`' | '\\' {
  const head = directives(trimmedLines(text))
  return /^#\s*escape\s*=\s*`$/im.test(head) ? '`' : '\\'
}

const trimmedLines = (text: string) =>
  text.split('\n').map(line => line.trimEnd())

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
