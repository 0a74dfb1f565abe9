import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkConfig } from '../../src/config/check-config.ts'
import { loadFiles } from '../../src/config/load-settings.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

const SAMPLE = join(__dirname, '../../etc/mongowatch.yaml')

t.test('the sample that is installed holds no mistake', async t => {
  t.same(checkConfig([SAMPLE]), { text: `${SAMPLE}: no mistakes`, ok: true })
})

t.test('nor does it with every setting switched on', async t => {
  const text = readFileSync(SAMPLE, 'utf8')
  const switched = text.replaceAll(/^( *)#(?=[^ #\n])/gm, '$1')
  t.not(switched, text)
  const { problems } = loadText({ path: SAMPLE, text: switched })
  t.same(problems.map(problemText), [])
})

t.test('it writes a file of JSON, and failures on stderr', async t => {
  const { settings } = loadFiles([SAMPLE])
  t.match(settings.handlers, {
    audit: {
      class: 'file',
      formatter: 'json',
      options: {
        filename: '/var/log/mongowatch/audit.jsonl',
        maxBytes: 104_857_600,
        backupCount: 14,
      },
    },
    console: { class: 'console', level: 'warn', options: { stream: 'stderr' } },
  })
  t.same(settings.loggers.mongowatch?.handlers, ['audit', 'console'])
})
