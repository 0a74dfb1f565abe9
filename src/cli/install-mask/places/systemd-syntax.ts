/** A line of a unit: `Environment=A=1`. */
export interface Setting {
  readonly name: string
  readonly value: string
}

/** The settings of the section [Service]: man systemd.syntax. */
export function readSettings(text: string): Setting[] {
  const found: Setting[] = []
  let section = ''
  for (const line of joinedLines(text)) {
    const header = /^\[(.*)\]$/.exec(line)?.[1]
    if (header !== undefined) section = header
    const equals = line.indexOf('=')
    if (section !== 'Service' || equals < 0) continue
    const name = line.slice(0, equals).trim()
    found.push({ name, value: line.slice(equals + 1).trim() })
  }
  return found
}

/** A line that ends with a backslash goes on after comments. */
function joinedLines(text: string): string[] {
  const lines: string[] = []
  let begun = ''
  for (const line of text.split('\n').map(each => each.trim())) {
    if (/^[#;]/.test(line)) continue
    if (line.endsWith('\\')) {
      begun += `${line.slice(0, -1)} `
      continue
    }
    lines.push(begun + line)
    begun = ''
  }
  return begun === '' ? lines : [...lines, begun]
}

const WORD = /(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"'\\]|\\.)+/g
const PART = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^"'\\]|\\.)+)/g
const ESCAPE = /\\(?:x([\da-fA-F]{2})|([0-7]{3})|(.))/g

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
}

/** The words of a value; quotes may stand within a word. */
export function splitWords(value: string): string[] {
  return [...value.matchAll(WORD)].map(([word]) =>
    word.replace(PART, (_, double, single, bare) =>
      unescaped(double ?? single ?? bare),
    ),
  )
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, hex, octal, letter) => {
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16))
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8))
    return ESCAPES[letter] ?? letter
  })
}

/** A text as it stands between double quotes. */
export function escapeWord(text: string): string {
  return text
    .replace(/["\\]/g, each => `\\${each}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
}
