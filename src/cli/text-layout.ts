import type { Note } from './command.ts'

const MAX_NAME = 26

/** Breaks a text at spaces, each line after an indent. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length >= width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(each => indent + each).join('\n')
}

/** Names at the left, their texts beside them; long names on their own line. */
export function columns(notes: readonly Note[], width: number): string[] {
  const longest = Math.max(0, ...notes.map(note => note.name.length))
  const left = Math.min(longest, MAX_NAME) + 4
  return notes.map(({ name, text }) => {
    const block = wrap(text, width, ' '.repeat(left))
    return name.length + 4 > left
      ? `  ${name}\n${block}`
      : `  ${name}${block.slice(name.length + 2)}`
  })
}
