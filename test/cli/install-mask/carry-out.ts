import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { applyChanges } from '../../../src/cli/install-mask/apply.ts'
import { planInstall } from '../../../src/cli/install-mask/plan.ts'
import { readTarget } from '../../../src/cli/install-mask/target.ts'
import { inTerminal, type Step } from '../../fixtures/terminal.ts'

const CHANGED = /somebody else has changed it in the meantime/

t.test('what somebody else writes while it is asked is kept', async t => {
  const cases: [string, string, string | undefined][] = [
    ['A=1\n', 'echo B=2 >> .env', 'A=1\nB=2\n'],
    ['A=1\n', 'rm .env', undefined],
    ['', 'echo C=3 > .env', 'C=3\n'],
  ]
  for (const [before, command, after] of cases) {
    const root = t.testdir({ '.env': before })
    const steps: Step[] = [
      ['expect', 'Write this'],
      ['run', `cd '${root}' && ${command}`],
      ['send', 'y'],
    ]
    const args = ['--root', root, '--install', 'env']
    const options = { cwd: root, env: { HOME: '/home/me' } }
    const { code, output } = await inTerminal(
      'mongowatch-install-mask',
      args,
      steps,
      options,
    )
    t.equal(code, 1)
    t.match(output.replace(/\s+/g, ' '), CHANGED)
    const file = join(root, '.env')
    t.equal(existsSync(file) ? readFileSync(file, 'utf8') : undefined, after)
    t.equal(existsSync(join(root, 'var')), false, 'nothing was written')
  }
})

t.test('nor is a file overwritten that was made meanwhile', async t => {
  const cwd = t.testdir({})
  const stub = join(cwd, 'state/register.cjs')
  const where = { root: '', home: cwd, cwd, env: {}, stub, systemStub: stub }
  const wish = {
    flag: undefined,
    isStubChosen: true,
    services: [],
    image: undefined,
  }
  const changes = planInstall(readTarget('env', where), wish, where)
  writeFileSync(join(cwd, '.env'), 'mine')
  t.throws(() => applyChanges(changes, where), { message: CHANGED })
  t.equal(readFileSync(join(cwd, '.env'), 'utf8'), 'mine')
})
