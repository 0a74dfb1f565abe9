import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { colourLine } from '../../src/outputs/colour.ts'

const LINE =
  "2026-11-25 01:02:03,456 mongowatch.collection DB='shop' Operation='find' Filter='{\"a\":\"b c\"}' Outcome='failure'"

t.test('colours change no character of a line', async t => {
  const plain = stripVTControlCharacters(colourLine(LINE, 'error'))
  t.equal(plain, `▌ ${LINE}`)
})

t.test('the stripe tells the level', async t => {
  const stripes = ['debug', 'info', 'warn', 'error'] as const
  const colours = stripes.map(level => colourLine('x', level).slice(0, 5))
  t.equal(new Set(colours).size, 4)
})

t.test('a failure is red', async t => {
  t.match(colourLine(LINE, 'error'), "\x1b[31m'failure'\x1b[0m")
  t.notMatch(colourLine("Outcome='success'", 'info'), '\x1b[31m')
})
