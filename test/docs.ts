import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
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
