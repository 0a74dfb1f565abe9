import t from 'tap'
import { nearest } from '../../src/cli/nearest.ts'

t.test('a slip of the fingers is recognised', async t => {
  t.equal(nearest('outptu', ['input', 'output']), 'output')
  t.equal(nearest('dialec', ['dialect', 'output']), 'dialect')
})

t.test('a name that is far from all others is not guessed', async t => {
  t.equal(nearest('colour', ['input', 'output']), undefined)
  t.equal(nearest('', ['input']), undefined)
})
