import { readFileSync } from 'node:fs'
import t from 'tap'
import { CommandError, explain, UsageError } from '../../src/cli/problem.ts'

t.test('what the system refused is one line', async t => {
  t.equal(
    explain(thrown(() => readFileSync('/no/such/file'))),
    '/no/such/file: no such file or directory',
  )
  t.equal(explain(thrown(() => readFileSync('/'))), 'it is a directory')
})

t.test('our own errors say their message only', async t => {
  t.equal(explain(new UsageError('FILE is missing')), 'FILE is missing')
  t.equal(explain(new CommandError('No')), 'No')
})

t.test('anything else keeps its stack', async t => {
  t.match(explain(new TypeError('x')), /please report it\nTypeError: x\n {4}at/)
  t.match(explain('x'), /please report it\nx$/)
})

function thrown(task: () => unknown): unknown {
  try {
    task()
  } catch (error) {
    return error
  }
  return undefined
}
