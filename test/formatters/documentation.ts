import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { createFormatter } from '../../src/formatters/create-formatter.ts'
import { packageVersion } from '../../src/package.ts'
import { documentedRecord } from '../fixtures/documented-record.ts'

const FILE = join(__dirname, '../../docs/formats.md')
const EXAMPLE = /```yaml\n([^`]*)```\n\n```text\n([^`]*)```/g

/** Keys are in camelCase when they come from a configuration. */
function camelCase(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  )
}

const examples = [...readFileSync(FILE, 'utf8').matchAll(EXAMPLE)]

t.test('every format has an example', async t => {
  t.ok(examples.length >= 11, `${examples.length} examples`)
})

for (const [, yaml = '', text = ''] of examples) {
  const [name = '', settings] = Object.entries(parse(yaml) as object)[0] ?? []
  t.test(`docs/formats.md: ${name}`, async t => {
    const { format, header } = createFormatter(camelCase(settings), {
      defaultFields: () => [
        'DB',
        'Collection',
        'Operation',
        'Filter',
        'Duration',
        'MatchedCount',
        'InsertedCount',
        'ModifiedCount',
        'Outcome',
      ],
    })
    const lines = [header, format(documentedRecord())].filter(Boolean)
    const shown = lines.join('\n').replaceAll(packageVersion(), 'VERSION')
    t.equal(`${shown}\n`, text)
  })
}
