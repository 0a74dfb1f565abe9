import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { checkConfig } from '../../src/config/check-config.ts'
import { loadFiles } from '../../src/config/load-settings.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { loadSchema } from '../../src/config/schema.ts'
import { tablesIn } from '../fixtures/config/tables.ts'
import { knownKeys, usedKeys } from '../fixtures/config/used-keys.ts'

const TEXT = readFileSync(
  join(__dirname, '../../docs/configuration.md'),
  'utf8',
)

/** The code blocks of one kind. */
function blocks(kind: string): string[] {
  const found = TEXT.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)
  return [...found]
    .filter(([, is]) => is === kind)
    .map(([, , code = '']) => code)
}

t.test('every example holds no mistake', async t => {
  const examples = blocks('yaml')
  t.ok(examples.length > 15)
  for (const [i, example] of examples.entries()) {
    const folder = t.testdir({
      'mongowatch.yaml': example,
      'own.js': 'exports.filter = record => record',
      key: 'the key of an example, no secret\n',
    })
    const { problems } = loadFiles([join(folder, 'mongowatch.yaml')], {})
    t.same(problems.map(problemText), [], `example ${i + 1}`)
  }
})

t.test('every key of the schema has an example', async t => {
  const schema = loadSchema()
  const used = blocks('yaml').flatMap(example => [
    ...usedKeys(schema, parse(example)),
  ])
  const without = [...knownKeys(schema)].filter(
    // the watcher of cursors shares its keys with all watchers
    key => !used.includes(key) && !key.startsWith('cursorWatcher.'),
  )
  t.same(without, [])
})

t.test('and its table', async t => {
  const tables = new Set(tablesIn(TEXT))
  const names = [...knownKeys(loadSchema())].map(key => key.split('.')[0] ?? '')
  t.same(
    [...new Set(names)].filter(name => !tables.has(name)),
    [],
  )
})

t.test('the mistakes that are shown are what check-config says', async t => {
  const [wrong = ''] = blocks('yaml wrong')
  const [expected = ''] = blocks('text')
  const folder = t.testdir({ 'mongowatch.yaml': wrong })
  const { text } = checkConfig([join(folder, 'mongowatch.yaml')])
  t.equal(`${text.replaceAll(`${folder}/`, '')}\n`, expected)
})
