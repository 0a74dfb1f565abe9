import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import t from 'tap'

const SRC = resolve(__dirname, '../src')

/** folder → folders it may import besides itself; `.` is the top of src. */
const LAYERS: Record<string, readonly string[]> = {
  record: [],
  integrity: [],
  watchers: ['record'],
  filters: ['record'],
  queue: ['record'],
  formatters: ['record'],
  outputs: ['record', 'filters', 'queue', 'formatters', 'integrity'],
  config: ['record', 'watchers', 'filters', 'queue', 'formatters', 'outputs'],
  hook: [],
  cli: ['record', 'formatters', 'filters', 'config', 'integrity'],
}
const BASE = [
  'errors.ts',
  'warn.ts',
  'clock.ts',
  'package.ts',
  'start-folder.ts',
]

interface Import {
  from: string
  to: string
}

function files(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(f =>
    f.endsWith('.ts'),
  )
}

function imports(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\b[^;]*?from\s+'(\.[^']+)'/gm),
    ...(file.endsWith('lazy.ts')
      ? text.matchAll(/typeof import\('(\.[^']+)'\)/g)
      : []),
  ]
  return found.map(m => ({
    from: file,
    to: relative(SRC, resolve(SRC, dirname(file), m[1] ?? '')),
  }))
}

const folder = (file: string) => (file.includes(sep) ? file.split(sep)[0] : '.')

t.test('every import goes downward', async t => {
  const wrong: string[] = []
  let seen = 0
  for (const file of files()) {
    const own = folder(file) ?? '.'
    for (const { to } of imports(file)) {
      seen++
      const target = folder(to) ?? '.'
      if (BASE.includes(to) || target === own || own === '.') continue
      if (!LAYERS[own]?.includes(target)) wrong.push(`${file} -> ${to}`)
    }
  }
  t.ok(seen > 5, 'imports were found')
  t.same(wrong, [])
})

t.test('the base files import nothing of ours', async t => {
  for (const file of BASE) t.same(imports(file), [])
})

t.test('only src/index.ts is called index.ts', async t => {
  t.same(
    files().filter(f => f.endsWith(`${sep}index.ts`)),
    [],
  )
})

t.test('every folder has a layer', async t => {
  const folders = new Set(files().map(f => folder(f) ?? '.'))
  folders.delete('.')
  t.same(
    [...folders].filter(f => LAYERS[f] === undefined),
    [],
  )
})

t.test('no source file is longer than 250 lines', async t => {
  const long = files().filter(
    f => readFileSync(join(SRC, f), 'utf8').split('\n').length > 251,
  )
  t.same(long, [])
})
