import type { Node, Pair, YAMLMap } from 'yaml'
import { isNode } from 'yaml'
import { lineEndOf, replaceRange } from './marked-block.ts'

/** A change of a YAML text that leaves everything else byte for byte. */
export type YamlEdit =
  | { readonly at: number; readonly indent: string; readonly lines: string[] }
  | { readonly begin: number; readonly end: number; readonly text: string }

/** Makes the edits, each whole line between marks. */
export function applyYamlEdits(
  text: string,
  edits: readonly YamlEdit[],
): string {
  const lineEnd = lineEndOf(text)
  let result = text
  for (const edit of mergeSplices(text, edits)) {
    const style = { comment: '#', indent: edit.indent, lineEnd }
    result = replaceRange(result, edit.begin, edit.end, edit.lines, style)
  }
  return result
}

interface LineEdit {
  readonly begin: number
  readonly end: number
  readonly indent: string
  readonly lines: string[]
}

/** Whole lines, the last first; splices of the same lines become one. */
function mergeSplices(text: string, edits: readonly YamlEdit[]): LineEdit[] {
  const whole: LineEdit[] = []
  let splices: { begin: number; end: number; text: string }[] = []
  const flush = () => {
    if (splices.length > 0) whole.push(spliceLines(text, splices))
    splices = []
  }
  const sorted = [...edits].sort((a, b) => place(a) - place(b))
  for (const edit of sorted) {
    const last = splices.at(-1)
    if ('at' in edit) {
      flush()
      const { at, indent, lines } = edit
      whole.push({ begin: at, end: at, indent, lines })
    } else {
      if (last && lineStart(text, edit.begin) >= lineAfter(text, last.end)) {
        flush()
      }
      splices.push(edit)
    }
  }
  flush()
  return whole.reverse()
}

const place = (edit: YamlEdit) => ('at' in edit ? edit.at : edit.begin)

function spliceLines(
  text: string,
  splices: readonly { begin: number; end: number; text: string }[],
): LineEdit {
  const begin = lineStart(text, splices[0]?.begin ?? 0)
  const end = lineAfter(text, splices.at(-1)?.end ?? 0)
  let result = ''
  let at = begin
  for (const splice of splices) {
    result += text.slice(at, splice.begin) + splice.text
    at = splice.end
  }
  result += text.slice(at, end)
  const lines = result.replace(/\r?\n$/, '').split(/\r?\n/)
  const own = /^ */.exec(lines[0] ?? '')?.[0] ?? ''
  const indent = lines.every(line => line.startsWith(own)) ? own : ''
  return { begin, end, indent, lines: lines.map(l => l.slice(indent.length)) }
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the line after the one of an offset begins. */
export function lineAfter(text: string, offset: number): number {
  // a block scalar's range ends after its last line end
  const from = text[offset - 1] === '\n' ? offset - 1 : offset
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end + 1
}

/** Adds an entry to a map: as lines of its own, or in `{ }` as flow text. */
export function addToMap(
  text: string,
  map: YAMLMap,
  lines: string[],
  flow: string,
): YamlEdit {
  const [start, end] = rangeOf(map)
  if (map.flow) {
    const isEmpty = map.items.length === 0
    const added = isEmpty ? flow : `${flow}, `
    return { begin: start + 1, end: isEmpty ? end - 1 : start + 1, text: added }
  }
  const keys = map.items.map(pair => rangeOf(pair.key)[0])
  const first = keys[0] ?? start
  const indent = ' '.repeat(first - lineStart(text, first))
  const own = keys.find(key =>
    /^ *$/.test(text.slice(lineStart(text, key), key)),
  )
  if (own !== undefined) return { at: lineStart(text, own), indent, lines }
  const value = map.items[0]?.value
  const after = isNode(value) ? rangeOf(value)[1] : first
  return { at: lineAfter(text, after), indent, lines }
}

/** Adds an item before the first one of a list. */
export function addToList(
  text: string,
  list: Node & { items: unknown[]; flow?: boolean },
  lines: string[],
  flow: string,
): YamlEdit {
  const [start, end] = rangeOf(list)
  if (list.flow) {
    const isEmpty = list.items.length === 0
    const added = isEmpty ? flow : `${flow}, `
    return { begin: start + 1, end: isEmpty ? end - 1 : start + 1, text: added }
  }
  const begin = lineStart(text, start)
  const indent = ' '.repeat(start - begin)
  return { at: begin, indent, lines }
}

/** Puts another value in the place of one. */
export function replaceValue(
  text: string,
  pair: Pair,
  value: string,
): YamlEdit {
  if (!isNode(pair.value) || pair.value.range == null) {
    const end = rangeOf(pair.key)[1]
    const colon = text.indexOf(':', end) + 1
    return { begin: colon, end: colon, text: ` ${value}` }
  }
  return replaceNode(text, pair.value, value)
}

/** Puts another text in the place of a node. */
export function replaceNode(text: string, node: Node, value: string): YamlEdit {
  const [begin, end] = rangeOf(node)
  if (begin === end) return { begin, end, text: ` ${value}` }
  const isWhole = text[end - 1] === '\n'
  return { begin, end: isWhole ? end - 1 : end, text: value }
}

function rangeOf(node: unknown): [number, number] {
  const range = isNode(node) ? node.range : undefined
  if (range == null) throw new Error('A node without a place')
  return [range[0], range[1]]
}
