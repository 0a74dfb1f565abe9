import t from 'tap'
import { seesTheSame } from '../fixtures/compare.ts'
import type { Run } from '../fixtures/run.ts'

/** Applications that never load a driver, and how they end. */
const APPLICATIONS: Record<
  string,
  Run & { code: string; ends: number | string }
> = {
  'one that prints and returns': {
    code: `console.log('out'); console.error('err')`,
    ends: 0,
  },
  'one that sets an exit code': { code: 'process.exitCode = 3', ends: 3 },
  'one that exits in the middle': {
    code: `setTimeout(() => console.log('never'), 1000); process.exit(7)`,
    ends: 7,
  },
  'one that throws': { code: `throw new TypeError('mine')`, ends: 1 },
  'one that throws what is no error': { code: `throw 'text'`, ends: 1 },
  'one with a syntax error': { code: 'let a = ;', ends: 1 },
  'one that forgets a rejection': {
    code: `Promise.reject(new Error('forgotten'))`,
    ends: 1,
  },
  'one that catches everything at last': {
    code: `process.on('uncaughtException', (error, origin) => console.log(origin, error.message))
      Promise.reject(new Error('forgotten'))
      setTimeout(() => { throw new Error('late') }, 10)`,
    ends: 0,
  },
  'one that listens to its own end': {
    code: `process.on('beforeExit', code => console.log('before', code))
      process.on('exit', code => console.log('exit', code))`,
    ends: 0,
  },
  'one that dies of a signal': {
    code: `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)`,
    ends: 'SIGTERM',
  },
  'one that handles a signal': {
    code: `process.once('SIGTERM', () => { console.log('cleaned'); process.exit(0) })
      setInterval(() => {}, 1000); process.kill(process.pid, 'SIGTERM')`,
    ends: 0,
  },
  'one that aborts': { code: 'process.abort()', ends: 'SIGABRT' },
  'one that waits for ever': {
    name: 'app.mjs',
    code: 'await new Promise(() => {})',
    ends: 13,
  },
  'one that reads its input': {
    code: `process.stdin.on('data', chunk => process.stdout.write(chunk))`,
    input: 'a line\n',
    ends: 0,
  },
  'one that warns': {
    code: `process.emitWarning('mine'); process.emitWarning('old', 'DeprecationWarning', 'MINE1')`,
    ends: 0,
  },
  'one that misses a module and goes on': {
    code: `try { require('not-there') } catch ({ code, message }) { console.log(code, message) }`,
    ends: 0,
  },
  'a module with named imports': {
    name: 'app.mjs',
    code: `import { readFileSync } from 'node:fs'
      console.log(readFileSync(new URL(import.meta.url)).length, import.meta.filename?.length)`,
    ends: 0,
  },
}

for (const [title, { ends, ...application }] of Object.entries(APPLICATIONS)) {
  t.test(`${title} is the same with the mask`, async t => {
    const { code, signal, recorded } = await seesTheSame(t, application)
    t.equal(code ?? signal, ends)
    t.same(recorded, [0, 0, 0], 'no driver, no record')
  })
}
