import { join } from 'node:path'
import t from 'tap'
import { runFile } from './fixtures/command-line.ts'

const FILE = join(__dirname, '..', 'dist', 'warn.js')

/** What a process says of this problem on stderr. */
async function said(problem: string): Promise<string> {
  const code = `require(${JSON.stringify(FILE)}).warn('MONGOWATCH_X', ${JSON.stringify(problem)})`
  const { stderr } = await runFile(process.execPath, ['-e', code])
  return stderr
}

t.test('what comes from outside cannot reach the terminal', async t => {
  t.equal(
    await said('answered \x1b[31m\x9b1m\x07\u202e\u2028\r!'),
    'mongowatch: answered \\u001b[31m\\u009b1m\\u0007\\u202e\\u2028\\u000d! (MONGOWATCH_X)\n',
  )
})

t.test('nor forge a line of ours', async t => {
  t.equal(
    await said('bad\nmongowatch: all is well (MONGOWATCH_Y)\n  in a.yaml'),
    'mongowatch: bad\n  mongowatch: all is well (MONGOWATCH_Y)\n  in a.yaml (MONGOWATCH_X)\n',
  )
})
