import { PassThrough } from 'node:stream'
import t from 'tap'
import { hasColours, painter } from '../../src/cli/paint.ts'

const terminal = Object.assign(new PassThrough(), { isTTY: true })
const pipe = new PassThrough()

t.test('colours are for terminals', async t => {
  t.equal(painter(terminal, {})('bold', 'x'), '\u001b[1mx\u001b[22m')
  t.equal(painter(pipe, {})('bold', 'x'), 'x')
})

t.test('NO_COLOR, TERM=dumb and FORCE_COLOR decide', async t => {
  t.equal(hasColours(terminal, { NO_COLOR: '1' }), false)
  t.equal(hasColours(terminal, { NO_COLOR: '' }), true)
  t.equal(hasColours(terminal, { TERM: 'dumb' }), false)
  t.equal(hasColours(pipe, { FORCE_COLOR: '1' }), true)
  t.equal(hasColours(terminal, { FORCE_COLOR: '0' }), false)
  t.equal(hasColours(terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }), false)
})
