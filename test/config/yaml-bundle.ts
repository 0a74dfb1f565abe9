import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import type { Document, LineCounter } from 'yaml'
import * as yaml from 'yaml'
import { composeText } from '../../src/config/nesting.ts'
import type { Yaml } from '../../src/config/parse-lazy.ts'
import { mutatedText, SEED } from '../fixtures/config/mutations.ts'
import { SAMPLES } from '../fixtures/config/samples.ts'
import { ROOT } from '../fixtures/run.ts'

/** What the bundle's parts give, put together as an application does. */
const composed = (bundle: Yaml) => (text: string, lines: LineCounter) =>
  composeText(bundle, text, lines)

function parsed(text: string, lineCounter: LineCounter): Document.Parsed {
  return yaml.parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    uniqueKeys: false,
    lineCounter,
  })
}

/** All that a reader sees: values, places, comments, mistakes. */
function seen(read: typeof parsed, text: string): string {
  const lines = new yaml.LineCounter()
  const { contents, errors, warnings } = read(text, lines)
  const mistakes = [...errors, ...warnings].map(({ code, message, pos }) => [
    ...[code, message.replace(/; please use YAML.*/, ''), pos],
    lines.linePos(pos[0]),
  ])
  return JSON.stringify([contents, mistakes], visible)
}

/** Nodes as they are, not as the JSON of their values. */
function visible(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { toJSON, srcToken, ...rest } = value as Record<string, unknown>
  return Array.isArray(value) ? value : rest
}

t.test('the bundle reads what the package reads', async t => {
  const file = join(t.testdir(), 'yaml-bundle.js')
  execFileSync(process.execPath, [
    join(ROOT, 'etc/build/bundle-yaml.cjs'),
    file,
  ])
  const bundle: Yaml = require(file)
  fc.assert(
    fc.property(
      fc.oneof(mutatedText(SAMPLES), fc.string({ unit: 'binary' })),
      text => seen(composed(bundle), text) === seen(parsed, text),
    ),
    { numRuns: 1500, seed: SEED },
  )
  const sample = readFileSync(join(ROOT, 'etc/mongowatch.yaml'), 'utf8')
  t.equal(seen(composed(bundle), sample), seen(parsed, sample))
  t.match(readFileSync(file, 'utf8'), /Part of yaml [\d.]+\n\nCopyright Eemeli/)
})

t.test('a process that reads a file loads the bundle alone', async t => {
  t.ok(existsSync(join(ROOT, 'dist/config/yaml-bundle.js')), 'npm run bundle')
  const program = `
    const { loadFiles } = require(${JSON.stringify(join(ROOT, 'dist/config/load-settings.js'))})
    loadFiles([${JSON.stringify(join(ROOT, 'etc/mongowatch.yaml'))}])
    const loaded = Object.keys(require.cache)
    console.log(loaded.filter(name => /yaml/.test(name)).join())`
  const printed = execFileSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
  })
  t.match(printed, /parse-yaml\.js,[^,]*yaml-bundle\.js\n$/)
})
