// What a transport says of its failure is shown without the secrets it got.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runFile } from '../fixtures/command-line.ts'

const ROOT = join(__dirname, '..', '..')
const TRANSPORT = `
module.exports = class extends require('winston-transport') {
  constructor(options) { super(); this.options = options }
  log(line, done) { done(new Error('refused ' + this.options.key)) }
}
`
const CONFIG = `
handlers:
  lost: {module: ./transport.cjs, level: info, options: {key: "\${env:KEY}"}}
  kept: {class: file, filename: kept.jsonl, level: info}
`

t.test('neither stderr nor a $drop record shows it', async t => {
  const folder = t.testdir({ 'transport.cjs': TRANSPORT })
  writeFileSync(join(folder, 'mongowatch.yaml'), CONFIG, { mode: 0o600 })
  const program = `require(${JSON.stringify(join(ROOT, 'node_modules/mongodb'))})`
  const { code, stderr } = await runFile(
    process.execPath,
    ['--require', join(ROOT, 'register.cjs'), '-e', program],
    {
      cwd: folder,
      env: {
        ...process.env,
        KEY: 'Hunter2/horse',
        MONGOWATCH_CONFIG: 'mongowatch.yaml',
      },
    },
  )
  t.equal(code, 0)
  t.match(stderr, /refused \$\{env:KEY\}/)
  t.notMatch(stderr, /Hunter2/)
  t.notMatch(readFileSync(join(folder, 'kept.jsonl'), 'utf8'), /Hunter2/)
})
