import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { stubText } from '../../../../src/cli/install-mask/places/stub-text.ts'
import { runFile } from '../../../fixtures/command-line.ts'
import { placeOf, requestFor } from '../../../fixtures/mask.ts'

const stub = placeOf('stub')

/** A project with a program and a package that says whose it is. */
const project = (name: string) => ({
  'app.js': '',
  node_modules: {
    mongowatch: { 'register.cjs': `process.stdout.write('${name}')` },
  },
})

const packageOf = (folder: string) =>
  join(folder, 'node_modules/mongowatch/register.cjs')

/** What a program says that starts with a stub for these packages. */
async function started(
  files: readonly string[],
  args: readonly string[],
  cwd: string,
) {
  const file = join(cwd, 'stub.cjs')
  writeFileSync(file, stubText(files), 'latin1')
  const words = ['--require', file, ...args]
  const { code, stdout, stderr } = await runFile(process.execPath, words, {
    cwd,
  })
  return code === 0 && stderr === '' ? stdout : stderr
}

t.test('each project gets its own package, others the first', async t => {
  const root = t.testdir({
    a: project('a'),
    'bé [x]': project('b'),
    other: { 'app.js': '' },
    ab: { 'app.js': '' },
  })
  const folders = ['a', 'bé [x]'].map(name => join(root, name))
  const files = folders.map(packageOf)
  const run = (name: string, cwd = root) =>
    started(files, [join(root, name, 'app.js')], cwd)
  t.equal(await run('a'), 'a')
  t.equal(await run('bé [x]'), 'b')
  t.equal(await run('other'), 'a')
  t.equal(await run('ab'), 'a', 'a longer name is another project')
  const inB = join(root, 'bé [x]')
  t.equal(await run('a', inB), 'a', 'the program counts, not the folder')
  t.equal(await started(files, ['app.js'], inB), 'b')
  t.equal(await started(files, ['-e', '1'], inB), 'b')
  const gone = [packageOf(join(root, 'none')), ...files]
  t.equal(await started(gone, ['-e', '1'], root), 'a')
  t.equal(await started(['/none/register.cjs'], ['-e', '1'], root), '')
})

t.test('a second project leaves the first in the stub', async t => {
  const root = t.testdir({ a: project('a') })
  const first = packageOf(join(root, 'a'))
  const current = stub.install(undefined, requestFor())
  const before = current.replace('[\n', `[\n  ${JSON.stringify(first)},\n`)
  const after = stub.install(undefined, requestFor(), before)
  t.match(after, first)
  t.equal(stub.install(undefined, requestFor(), after), after, 'twice is once')
  const gone = before.replaceAll(first, '/none/register.cjs')
  t.notMatch(stub.install(undefined, requestFor(), gone), '/none/')
  t.equal(stub.uninstall(after), undefined)
})

t.test("somebody else's file is no stub", async t => {
  t.throws(() => stub.install('x', requestFor(), 'x'), {
    message: 'there is another file already; choose --stub',
  })
  const packaged = '// Belongs to the Debian package mongowatch, which\n'
  t.equal(stub.install(packaged, requestFor(), packaged), packaged)
  t.equal(stub.uninstall(packaged), packaged)
})
