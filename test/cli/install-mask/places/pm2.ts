import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runFile } from '../../../fixtures/command-line.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const pm2 = placeOf('pm2')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

/** The apps of an ecosystem file as pm2 gets them. */
async function load(text: string, env: Record<string, string> = {}) {
  const dir = t.testdir({})
  writeFileSync(join(dir, 'ecosystem.config.js'), text)
  const script = 'console.log(JSON.stringify(require("./ecosystem.config.js")))'
  const { stdout, stderr } = await runFile(process.execPath, ['-e', script], {
    cwd: dir,
    env,
  })
  if (stderr !== '') throw new Error(stderr)
  return JSON.parse(stdout)
}

t.test('every app gets the option beside its own', async t => {
  const before = `module.exports = {
  apps: [
    { name: 'a', script: 'a.js' },
    { name: 'b', script: 'b.js', env: { A: '1', NODE_OPTIONS: '--b' }, env_production: { NODE_OPTIONS: '--p' }, env_test: { B: 2 } },
  ],
}`
  const { apps } = await load(installed(pm2, before, requestFor()))
  t.same(apps, [
    { name: 'a', script: 'a.js', env: { NODE_OPTIONS: OPTION } },
    {
      name: 'b',
      script: 'b.js',
      env: { A: '1', NODE_OPTIONS: `--b ${OPTION}` },
      env_production: { NODE_OPTIONS: `--p ${OPTION}` },
      env_test: { B: 2 },
    },
  ])
})

t.test('what pm2 inherits stays, and is not doubled', async t => {
  const text = installed(
    pm2,
    "module.exports = [{ name: 'a' }]\r\n",
    requestFor(),
  )
  const inherited = await load(text, { NODE_OPTIONS: '--no-warnings' })
  t.equal(inherited[0].env.NODE_OPTIONS, `--no-warnings ${OPTION}`)
  const single = installed(pm2, "module.exports = { name: 'a' }", requestFor())
  t.equal((await load(single)).env.NODE_OPTIONS, OPTION)
})

t.test('other forms are refused', async t => {
  for (const text of [undefined, '', 'export default {}', '{"apps": []}']) {
    t.throws(() => pm2.install(text, requestFor()), {
      message: /no module\.exports/,
    })
  }
})
