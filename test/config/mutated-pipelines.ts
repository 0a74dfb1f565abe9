import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { secretsIn } from '../fixtures/random-records.ts'
import { ROOT } from '../fixtures/run.ts'

const COUNT = 10_000

t.setTimeout(300_000) // half a minute of work, also on a busy machine
const CHILD = join(ROOT, 'test/fixtures/config/build-mutations.ts')

/** A process of its own: what it says and how it ends is looked at. */
async function buildAll(folder: string): Promise<[number | null, string]> {
  const files = join(folder, 'files')
  mkdirSync(files)
  const said = openSync(join(folder, 'stderr'), 'w')
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CHILD, files, String(COUNT)],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', said],
      timeout: 250_000,
      killSignal: 'SIGKILL',
    },
  )
  closeSync(said)
  const parts: Buffer[] = []
  child.stdout?.on('data', part => parts.push(part))
  const code = await new Promise<number | null>(done => {
    child.once('close', done)
  })
  return [code, Buffer.concat(parts).toString()]
}

t.test(
  '10,000 configurations with mistakes are built, and records go through',
  { timeout: 300_000 },
  async t => {
    const folder = t.testdir()
    const [code, printed] = await buildAll(folder)
    t.equal(code, 0)
    const { wrong, ...seen } = JSON.parse(printed)
    t.strictSame(wrong, [])
    t.equal(seen.configurations, COUNT)
    t.ok(seen.built > COUNT, `${seen.built} handlers`)
    t.ok(seen.masked > COUNT / 2, `${seen.masked} of them hide`)
    t.ok(seen.read > COUNT / 2, `secrets were seen in ${seen.read} others`)
    const said = readFileSync(join(folder, 'stderr'), 'utf8')
    t.ok(said.includes('(MONGOWATCH_CONFIG)'))
    t.notMatch(said, /^ {4}at |Cannot read prop|is not a function|\[object /m)
    t.notMatch(said, /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u)
    t.strictSame(secretsIn(said), [])
  },
)
