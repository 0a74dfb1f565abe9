import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  addOption,
  carefulPreloadOption,
  preloadOption,
} from '../../../src/cli/install-mask/preload.ts'
import { runFile } from '../../fixtures/command-line.ts'

const node = (option: string) =>
  runFile(process.execPath, ['-p', 'globalThis.stub'], {
    env: { NODE_OPTIONS: option },
  })

t.test('node loads the stub from any path', async t => {
  for (const name of ['plain', 'a b', 'quote "x"', "it's", 'é #1 50% $x']) {
    const dir = join(t.testdir({}), name)
    mkdirSync(dir)
    const stub = join(dir, 'register.cjs')
    writeFileSync(stub, 'globalThis.stub = "loaded"')
    const options = [
      preloadOption('require', stub),
      preloadOption('import', stub),
      carefulPreloadOption(stub),
    ]
    for (const option of options) {
      t.equal(
        (await node(addOption('--no-warnings', option))).stdout,
        'loaded\n',
        option,
      )
    }
    rmSync(stub)
    t.equal((await node(carefulPreloadOption(stub))).stdout, 'undefined\n')
    t.equal((await node(preloadOption('require', stub))).code, 1)
  }
})

t.test('an option stands beside others', async t => {
  t.equal(addOption('', '--x'), '--x')
  t.equal(addOption(' ', '--x'), '--x')
  t.equal(addOption('--a', '--x'), '--a --x')
})

t.test('a backslash in the path is for --require only', async t => {
  const stub = '/a\\b/register.cjs'
  t.equal(preloadOption('require', stub), '"--require=/a\\\\b/register.cjs"')
  t.throws(() => preloadOption('import', stub), { message: /backslash/ })
})
