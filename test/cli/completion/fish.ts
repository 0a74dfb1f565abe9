import t from 'tap'
import { fishCompletion } from '../../../src/cli/completion/fish.ts'
import { runFile } from '../../fixtures/command-line.ts'
import { unlessInstalled } from '../../fixtures/has-program.ts'
import { TREE } from '../../fixtures/program.ts'

/** Asks a real fish what it would offer after a command line. */
async function offers(cwd: string, line: string): Promise<string[]> {
  const script = `${fishCompletion(TREE)}\ncomplete -C '${line}'`
  const env = { HOME: cwd }
  const { stdout, stderr } = await runFile('fish', ['-c', script], { cwd, env })
  if (stderr !== '') throw new Error(stderr)
  return stdout.split('\n').filter(each => each !== '')
}

t.test('fish', { skip: unlessInstalled('fish') }, async t => {
  const dir = t.testdir({ 'a.csv': '', folder: {} })
  await t.test('completes commands with what they do', async t => {
    t.same(await offers(dir, 'tree g'), ['grow\tgrow a tree'])
    const all = await offers(dir, 'tree ')
    t.same(all, ['chop\tcut a tree', 'cut\tcut a tree', 'grow\tgrow a tree'])
  })
  await t.test('completes options and their values', async t => {
    t.same(await offers(dir, 'tree grow --s'), ["--speed\tDon't hurry"])
    const values = await offers(dir, 'tree grow --speed ')
    t.same(
      values.map(each => each.split('\t')[0]),
      ['fast', 'slow'],
    )
    t.same(await offers(dir, 'tree cut --l'), ['--length\tHow [much]'])
  })
  await t.test('completes arguments and files', async t => {
    t.same(await offers(dir, 'tree grow a'), ['apple'])
    t.same(await offers(dir, 'tree cut a'), ['a.csv'])
    t.same(await offers(dir, 'tree grow f'), [])
  })
})
