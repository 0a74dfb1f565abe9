import t from 'tap'
import { columns, wrap } from '../../src/cli/text-layout.ts'

t.test('a text is broken at spaces before the width', async t => {
  t.equal(wrap('one two three', 8), 'one two\nthree')
  t.equal(wrap('one two three', 8, '> '), '> one\n> two\n> three')
})

t.test('a word longer than the line stays whole', async t => {
  t.equal(wrap('a incomprehensible b', 5), 'a\nincomprehensible\nb')
})

t.test('texts stand beside their names', async t => {
  const notes = [
    { name: '-a', text: 'first' },
    { name: '--longer', text: 'second and more' },
  ]
  t.same(columns(notes, 24), [
    '  -a        first',
    '  --longer  second and\n            more',
  ])
})

t.test('a very long name has its text below', async t => {
  const name = '--a-name-that-is-longer-than-the-column'
  t.same(columns([{ name, text: 'text' }], 80), [
    `  ${name}\n${' '.repeat(30)}text`,
  ])
})
