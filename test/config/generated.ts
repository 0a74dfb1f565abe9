import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadSchema } from '../../src/config/schema.ts'
import { formatted } from '../fixtures/config/biome.ts'
import { withTables } from '../fixtures/config/tables.ts'
import { TYPE_FILES, typesOf } from '../fixtures/config/types.ts'

/** `npm run schema` writes what is compared otherwise. */
const isWriting = process.env.TAP_SNAPSHOT === '1'

const FOLDER = join(__dirname, '../../src/config')

for (const name of Object.keys(TYPE_FILES))
  t.test(`src/config/${name} says what the schema says`, async t => {
    const file = join(FOLDER, name)
    const expected = typesOf(loadSchema(), name)
    if (isWriting) writeFileSync(file, expected)
    t.equal(readFileSync(file, 'utf8'), expected)
  })

t.test('docs/configuration.md has the tables of the schema', async t => {
  const file = join(__dirname, '../../docs/configuration.md')
  const written = readFileSync(file, 'utf8')
  const tables = withTables(loadSchema(), written)
  const expected = formatted('docs/configuration.md', tables)
  if (isWriting) writeFileSync(file, expected)
  t.equal(readFileSync(file, 'utf8'), expected)
})
