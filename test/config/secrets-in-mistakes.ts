import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkConfig } from '../../src/config/check-config.ts'
import { loadFiles } from '../../src/config/load-settings.ts'
import { problemBlock, problemsText } from '../../src/config/problem-text.ts'

const SECRET = 'Hunter2/horse+battery'
const ENV = {
  KEY: SECRET,
  SHORT: 'q7',
  LONG: `${SECRET}${'-and-more'.repeat(20)}`,
}

/** One mistake each: a place where a secret does not belong. */
const MISPLACED = [
  'version: ${env:KEY}',
  'watchers: {global: {timeout_sec: "${env:KEY}"}}',
  'watchers: {global: {timeout_sec: "${env:SHORT}"}}',
  'watchers: {global: {log_level: {first: "${env:LONG}"}}}',
  'watchers: {global: {default_fields: ["${env:KEY}"]}}',
  'watchers: {global: {exclude: {DB: {$regex: "(${env:KEY}"}}}}',
  'watchers: {collection: {operations: {"x": {a: {to: "${env:KEY}"}}}}}',
  'handlers: {a: {class: "${env:KEY}"}}',
  'handlers: {a: {class: "winston.transports.${env:KEY}"}}',
  'handlers: {a: {class: console, formatter: "${env:KEY}"}}',
  'handlers: {a: {class: console, filters: ["${env:LONG}"]}}',
  'handlers: {a: {class: file, filename: "/proc/${env:KEY}/x"}}',
  'handlers: {a: {class: file, filename: a, max_bytes: "${env:KEY}"}}',
  'handlers: {a: {module: "./${env:KEY}"}}',
  'handlers: {a: {module: "/none/${env:KEY}"}}',
  'loggers: {mongowatch: {handlers: ["${env:KEY}"]}}',
  'loggers: {mongowatch: {level: "${env:KEY}"}}',
  'formatters: {a: {format: "{${env:KEY}}"}}',
  'formatters: {a: {format: "{watch.${env:SHORT}}"}}',
  'formatters: {a: {type: "${env:KEY}"}}',
  'formatters: {a: {type: csv, columns: ["${env:KEY}"]}}',
  'filters: {a: {when: "${env:KEY}"}}',
  'filters: {a: {when: "${env:SHORT} == 1"}}',
  'filters: {a: {match: {"Filter.a": {$regex: "(${env:LONG}"}}}}',
  'filters: {a: {match: {"Filter.a": {$type: "${env:KEY}"}}}}',
  'filters: {a: {mask: {fields: ["${env:KEY}"]}}}',
  'filters: {a: {redact: {rules: [{paths: ["${env:KEY}"], action: mask}]}}}',
  'filters: {a: {redact: {rules: [{detect: ["${env:KEY}"], action: mask}]}}}',
  'filters: {a: {sample: {rate: "${env:KEY}"}}}',
  'filters: {a: {fields: {drop: ["${env:KEY}"]}}}',
  'filters: {a: {module: "./${env:KEY}.js"}}',
  'handlers: {a: cfg://b}\nb: "${env:KEY}"',
  'version: ${file:secret}',
]

t.test('no mistake shows what a reference stands for', async t => {
  const folder = t.testdir({ secret: SECRET })
  for (const text of MISPLACED) {
    const file = join(folder, 'mongowatch.yaml')
    writeFileSync(file, `${text}\n`, { mode: 0o600 })
    const { problems } = loadFiles([file], ENV, 'thorough')
    t.not(problems.length, 0, `${text} is a mistake`)
    const said = [
      ...problems.map(problemBlock),
      problemsText(problems),
      checkConfig([file], { env: ENV }).text,
    ].join('\n')
    t.notMatch(said, /Hunter2|horse|battery|\bq7\b/, text)
  }
})

t.test('what was written is shown instead', async t => {
  const file = join(t.testdir({ 'a.yaml': 'version: ${env:KEY}\n' }), 'a.yaml')
  const [problem] = loadFiles([file], ENV).problems
  t.match(problem?.message, /got "\$\{env:KEY\}"$/)
})

t.test('what fails later is said without it too', async t => {
  const text = 'handlers: {a: {module: "./none", options: {k: "${env:KEY}"}}}'
  const file = join(t.testdir({ 'a.yaml': text }), 'a.yaml')
  const { hide = String } = loadFiles([file], ENV)
  t.equal(hide(`failed with ${SECRET}!`), 'failed with ${env:KEY}!')
  t.equal(hide(`cut: ${SECRET.slice(0, 12)}…`), 'cut: ${env:KEY}…')
})
