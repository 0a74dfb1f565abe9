import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { FIELDS, isFieldName } from '../src/record/fields.ts'
import { ROOT } from './fixtures/run.ts'

/** Every `MONGOWATCH_...` of a text, once. */
function names(text: string): string[] {
  return [...new Set(text.match(/\bMONGOWATCH_[A-Z_]+\b/g))].sort()
}

/** The texts of the source. */
function source(): string {
  const folder = join(ROOT, 'src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const paths = files.filter(name => name.endsWith('.ts'))
  const all = ['../register.cjs', ...paths].map(name => join(folder, name))
  return all.map(path => readFileSync(path, 'utf8')).join('\n')
}

t.test(
  'every code and variable of the source has a row, and no other',
  async t => {
    const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
    const rows = page
      .split('\n')
      .map(line => /^\| `(MONGOWATCH_\w+)`/.exec(line)?.[1])
    t.same(names(rows.join(' ')), names(source()))
  },
)

t.test('the table of fields is the one of the source', async t => {
  const page = readFileSync(join(ROOT, 'docs/record.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (\w+) +\|/gm)]
  t.same(Object.fromEntries(rows.map(row => row.slice(1))), FIELDS)
  t.same(
    rows.map(row => row[1]),
    Object.keys(FIELDS),
    'in the order of CSV',
  )
})

t.test('what the README says of fields, files and links is there', async t => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const table = readme.slice(
    readme.indexOf('## The record'),
    readme.indexOf('`$start` says'),
  )
  for (const [, cell = ''] of table.matchAll(/^\| (`\w.*?) +\|/gm))
    for (const name of cell.match(/\w+/g) ?? []) t.ok(isFieldName(name), name)
  for (const [, path = ''] of readme.matchAll(/\]\((?!https)([^)]+)\)/g))
    t.ok(existsSync(join(ROOT, path)), path)
})
