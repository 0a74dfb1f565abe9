import { join } from 'node:path'
import t from 'tap'
import { driverPath } from './fixtures/packages.ts'
import { recordsToFile, run } from './fixtures/run.ts'

/** Changes its folder, then the configuration, and waits for the reload. */
const CODE = `
  const { appendFileSync, existsSync, readFileSync } = require('node:fs')
  process.chdir('other')
  require('mongodb')
  setTimeout(() => appendFileSync('../mongowatch.yaml', '\\n# changed'), 500)
  const look = setInterval(() => {
    if (!existsSync('../records.jsonl')) return
    const text = readFileSync('../records.jsonl', 'utf8')
    if (text.includes('$reload')) clearInterval(look)
  }, 100)`

t.test('a relative MONGOWATCH_CONFIG outlives process.chdir', async t => {
  const { records, stderr, folder } = await run(t, {
    packages: [await driverPath('7.9.0')],
    config: folder => ({
      ...recordsToFile(join(folder, 'records.jsonl')),
      reload: true,
    }),
    files: { 'other/mongowatch.yaml': 'handlers: {}' },
    env: { MONGOWATCH_CONFIG: 'mongowatch.yaml' },
    code: CODE,
  })
  t.equal(stderr, '')
  t.same(
    records.map(({ Operation }) => Operation),
    ['$start', '$reload', '$stop'],
  )
  const config = [{ path: join(folder, 'mongowatch.yaml') }]
  t.match(records, [{ Options: { config } }, { Options: { config } }, {}])
})
