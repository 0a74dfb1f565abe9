import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import * as yaml from 'yaml'
import type { Yaml } from '../../src/config/parse-lazy.ts'
import { mutatedText, SEED } from '../fixtures/config/mutations.ts'
import { SAMPLES } from '../fixtures/config/samples.ts'
import { ROOT } from '../fixtures/run.ts'

const OPTIONS = { version: '1.2', schema: 'core', prettyErrors: false } as const

/** All that a reader sees: values, places, comments, mistakes. */
function seen({ parseDocument, LineCounter }: Yaml, text: string): string {
  const lineCounter = new LineCounter()
  const { contents, errors, warnings } = parseDocument(text, {
    ...OPTIONS,
    lineCounter,
  })
  const mistakes = [...errors, ...warnings].map(({ code, message, pos }) => [
    ...[code, message, pos],
    lineCounter.linePos(pos[0]),
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
      text => seen(bundle, text) === seen(yaml, text),
    ),
    { numRuns: 1500, seed: SEED },
  )
  const sample = readFileSync(join(ROOT, 'etc/mongowatch.yaml'), 'utf8')
  t.equal(seen(bundle, sample), seen(yaml, sample))
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
