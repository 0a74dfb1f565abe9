import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { createOutputs } from '../../src/config/create-outputs.ts'
import { settingsFrom } from '../../src/config/load-settings.ts'
import { SEED } from '../fixtures/config/mutations.ts'
import {
  FILTERS,
  FORMATS,
  FORMATTERS,
  filesOf,
  HIDING,
  PASSING,
} from '../fixtures/config/pipelines.ts'
import { UNSAFE } from '../fixtures/hostile-text.ts'
import { record, secretsIn } from '../fixtures/random-records.ts'

const COUNT = 10_000

t.setTimeout(300_000) // half a minute of work, also on a busy machine

type Stack = readonly [format: string, filters: readonly string[]]

/**
 * Each format twice, for every other record: what hides goes before another
 * filter and after one, and every filter comes at least twice.
 */
function stacks(): Record<string, Stack> {
  const hiding = Object.keys(HIDING)
  const passing = Object.keys(PASSING)
  const all: [string, Stack][] = FORMATS.flatMap((format, i) => {
    const first = hiding[i % hiding.length] ?? ''
    const second = hiding[(i + 1) % hiding.length] ?? ''
    const before = passing[i % passing.length] ?? ''
    const after = passing[(i + 3) % passing.length] ?? ''
    return [
      [`${format}-1`, [format, [before, first]]],
      [`${format}-2`, [format, [second, after]]],
    ]
  })
  all.push(['summed', ['json', ['rate', 'type']]])
  all.push(['open', ['json', ['all']]])
  return Object.fromEntries(all)
}

t.test('10,000 records leave no secret in any file', async t => {
  const folder = t.testdir()
  const loaded = settingsFrom(
    {
      version: 1,
      filters: FILTERS,
      formatters: FORMATTERS,
      handlers: filesOf(folder, stacks()),
    },
    {},
  )
  t.strictSame(loaded.problems, [])
  const { handlers } = createOutputs(loaded)
  const turns = [...handlers].map(
    ([name, handler]) => [name.endsWith('-2') ? 1 : 0, handler] as const,
  )
  let count = 0
  fc.assert(
    fc.property(record, each => {
      for (const [turn, handler] of turns)
        if (count % 2 === turn) handler.handle(each, 'final')
      if (++count % 500 === 0)
        for (const handler of handlers.values()) handler.flush()
    }),
    { numRuns: COUNT, seed: SEED },
  )
  for (const handler of handlers.values()) handler.close()
  t.equal(handlers.size, 2 * FORMATS.length + 2)
  for (const [name, { stats }] of handlers) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n')
    const header = name.startsWith('csv') ? 1 : 0
    t.equal(stats.lost, 0, `${name}: nothing lost`)
    t.equal(lines.pop(), '', `${name}: the last line ends`)
    t.equal(
      lines.length - header,
      /-/.test(name) ? COUNT / 2 : stats.written,
      `${name}: one record is one line`,
    )
    const unsafe = lines.filter(line => UNSAFE.test(line))
    t.strictSame(unsafe, [], `${name}: no control character`)
    const longest = Math.max(...lines.map(line => line.length))
    t.ok(longest < 200_000, `${name}: bounded, ${longest}`)
    const seen = lines.filter(line => secretsIn(line).length > 0)
    if (name === 'open') t.ok(seen.length > COUNT / 4, 'secrets were there')
    else t.strictSame(seen.slice(0, 3), [], `${name}: no secret`)
  }
})
