import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import {
  type Choice,
  menuLines,
  type Size,
} from '../../../src/cli/install-mask/menu-text.ts'

const CHOICES: Choice<number>[] = Array.from({ length: 18 }, (_, value) => ({
  value,
  label: `place ${value + 1}: with a long title of its own`,
  hint: 'writable',
  detail: `/a/file/${value + 1}: ${'something would be added '.repeat(8)}`,
}))

const shown = (cursor: number, size: Size) =>
  menuLines(CHOICES, cursor, size).map(stripVTControlCharacters)

t.test('a large terminal shows every line and more about one', async t => {
  const lines = shown(2, { rows: 60, columns: 160 })
  t.equal(lines.length, 18 + 2 + 1)
  t.match(lines[2], /^> {2}3\. place 3: .* {2}writable$/)
  t.match(lines[1], /^ {3}2\. place 2: /)
  t.match(lines[18], /^ {6}\/a\/file\/3: something/)
  t.match(lines.at(-1), 'Ctrl-C to leave')
})

t.test('in any terminal nothing wraps or scrolls away', async t => {
  for (const columns of [1, 20, 80, 200])
    for (const rows of [4, 12, 24, 50])
      for (const cursor of [0, 9, 17]) {
        const lines = shown(cursor, { rows, columns })
        const longest = Math.max(...lines.map(line => line.length))
        t.ok(longest < Math.max(columns, 2), `${columns} columns`)
        if (columns < 80 || rows < 12) continue
        t.ok(lines.length < rows, `${rows} rows`)
        t.ok(lines.some(line => line.startsWith(`>`)))
      }
})
