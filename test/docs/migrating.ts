import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { commandLine } from '../fixtures/command-line.ts'
import { ROOT } from '../fixtures/run.ts'

const PAGE = readFileSync(join(ROOT, 'docs/migrating.md'), 'utf8')
const [before = '', after = ''] = [
  ...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```$/gm),
].map(([, text]) => text ?? '')

t.test('the file becomes what docs/migrating.md says', async t => {
  const options = { input: before }
  const done = await commandLine('mongowatch', ['convert-config'], options)
  t.same(done, { code: 0, stdout: after, stderr: '' })
})

t.test('both forms are right', async t => {
  const files = t.testdir({ 'before.yaml': before, 'after.yaml': after })
  for (const name of ['before.yaml', 'after.yaml']) {
    const args = ['check-config', join(files, name)]
    t.match(await commandLine('mongowatch', args), { code: 0, stderr: '' })
  }
})
