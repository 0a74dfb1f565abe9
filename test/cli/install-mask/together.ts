import {
  existsSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { applyChanges } from '../../../src/cli/install-mask/apply.ts'
import { planInstall } from '../../../src/cli/install-mask/plan.ts'
import {
  planUninstall,
  stubRemoval,
} from '../../../src/cli/install-mask/plan-uninstall.ts'
import { readTarget } from '../../../src/cli/install-mask/target.ts'
import { commandLine } from '../../fixtures/command-line.ts'

const NAMES = [1, 2, 3, 4, 5, 6].map(i => `f${i}.env`)
const WISH = {
  flag: undefined,
  isStubChosen: true,
  services: [],
  image: undefined,
}

function atHome(t: Test) {
  const home = t.testdir(Object.fromEntries(NAMES.map(name => [name, 'A=1\n'])))
  const stub = join(home, 'state/register.cjs')
  const where = { root: '', home, cwd: home, env: {}, stub, systemStub: stub }
  const mask = (...args: string[]) =>
    commandLine('mongowatch-install-mask', [...args, '--stub', stub, '--yes'], {
      cwd: home,
      env: { HOME: home },
    })
  const target = (name: string) => readTarget(`env:${name}`, where)
  const install = (name: string) => planInstall(target(name), WISH, where)
  return { home, stub, where, mask, target, install }
}

t.test('commands that run at once know of each other', async t => {
  const { home, stub, mask } = atHome(t)
  const done = await Promise.all(
    NAMES.map(name => mask('--install', `env:${name}`)),
  )
  for (const each of done) t.match(each, { code: 0, stderr: '' })
  const { entries } = JSON.parse(
    readFileSync(join(home, 'state/places.json'), 'utf8'),
  )
  t.equal(entries.length, NAMES.length, 'no place is forgotten')
  t.equal((await mask('--uninstall')).code, 0)
  for (const name of NAMES) {
    t.equal(readFileSync(join(home, name), 'utf8'), 'A=1\n', name)
  }
  t.equal(existsSync(stub), false)
  t.equal(existsSync(join(home, 'state')), false, 'nothing is left behind')
})

const HOUR = 3600
const AGES = { 'long ago': 1, 'in the future': Date.now() / 1000 + HOUR }

for (const [age, time] of Object.entries(AGES))
  t.test(
    `the lock of one that was killed ${age} is taken over by one`,
    async t => {
      const { home, mask } = atHome(t)
      await mask('--install', 'env:f1.env')
      const lock = join(home, 'state/places.lock')
      writeFileSync(lock, '')
      utimesSync(lock, time, time)
      const others = NAMES.slice(1)
      const done = await Promise.all(
        others.map(name => mask('--install', `env:${name}`)),
      )
      for (const each of done) t.match(each, { code: 0, stderr: '' })
      const { entries } = JSON.parse(
        readFileSync(join(home, 'state/places.json'), 'utf8'),
      )
      t.equal(entries.length, NAMES.length)
      t.same(readdirSync(join(home, 'state')).sort(), [
        'places.json',
        'register.cjs',
      ])
    },
  )

t.test('the stub stays when it was named since the plan', async t => {
  const { stub, where, target, install } = atHome(t)
  applyChanges(install('f1.env'), where)
  const plan = planUninstall([target('f1.env')])
  const removal = [...plan.changes, stubRemoval(where)]
  applyChanges(install('f2.env'), where)
  t.throws(() => applyChanges(removal, where), { message: stub })
  t.equal(existsSync(stub), true)
})

t.test('nothing names a stub that is gone since the plan', async t => {
  const { home, stub, where, target, install } = atHome(t)
  applyChanges(install('f1.env'), where)
  const late = install('f2.env')
  const plan = planUninstall([target('f1.env')])
  applyChanges([...plan.changes, stubRemoval(where)], where)
  t.equal(existsSync(join(home, 'state')), false)
  t.throws(() => applyChanges(late, where), { message: stub })
  t.equal(readFileSync(join(home, 'f2.env'), 'utf8'), 'A=1\n')
  t.equal(existsSync(join(home, 'state')), false)
})
