import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { installOnce } from '../../../src/cli/server/cache.ts'
import { ROOT } from '../../fixtures/run.ts'

t.test('several processes at once install once', async t => {
  const folder = join(t.testdir(), 'thing')
  const script = `const fs = require('fs')
    require('${ROOT}/dist/cli/server/cache.js').installOnce('${folder}', async draft => {
      fs.mkdirSync(draft)
      await new Promise(resolve => setTimeout(resolve, 300))
      fs.appendFileSync('${folder}.log', 'installed\\n')
    }).then(console.log)`
  const outputs = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const child = spawn(process.execPath, ['-e', script])
      let output = ''
      for await (const chunk of child.stdout) output += chunk
      return output.trim()
    }),
  )
  t.same(new Set(outputs), new Set([folder]))
  t.equal(readFileSync(`${folder}.log`, 'utf8'), 'installed\n')
  t.same(readdirSync(join(folder, '..')).sort(), ['thing', 'thing.log'])
})

t.test('a failed install leaves nothing and can be repeated', async t => {
  const folder = join(t.testdir(), 'thing')
  const failing = async (draft: string) => {
    mkdirSync(draft)
    throw new Error('no network')
  }
  await t.rejects(installOnce(folder, failing), /no network/)
  t.same(readdirSync(join(folder, '..')), [])
  await installOnce(folder, async draft => mkdirSync(draft))
  t.ok(existsSync(folder))
})

t.test('the lock of a process that died is taken over', async t => {
  const folder = join(t.testdir(), 'thing')
  writeFileSync(`${folder}.lock`, '999999999')
  await installOnce(folder, async draft => mkdirSync(draft))
  t.ok(existsSync(folder))
})
