import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createOutputs } from '../../src/config/create-outputs.ts'
import { settingsFrom } from '../../src/config/load-settings.ts'
import type { Handler } from '../../src/outputs/handler.ts'
import { finalRecord, openRecord } from '../fixtures/output-parts.ts'

/** A handler with a file of its own, and the filters that are in it. */
function createFile(
  folder: string,
  options: Record<string, unknown> = {},
  filters: Record<string, unknown> = {},
) {
  const filename = join(folder, 'audit.jsonl')
  const audit = {
    class: 'file',
    filename,
    queue: false,
    filters: Object.keys(filters),
    ...options,
  }
  const { handlers } = createOutputs(
    settingsFrom({ version: 1, filters, handlers: { audit } }),
  )
  const handler = handlers.get('audit') as Handler
  t.teardown(() => handler.close())
  return { handler, written: () => filtersIn(filename) }
}

function filtersIn(filename: string): string[] {
  try {
    const lines = readFileSync(filename, 'utf8').split('\n').slice(0, -1)
    return lines.map(line => {
      const { Seq, Filter, Iteration } = JSON.parse(line)
      return `${Seq} ${Filter} ${Iteration}`
    })
  } catch {
    return [] // not opened yet
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(done => setTimeout(done, milliseconds))
}

t.test('a gathered record is written although none comes after it', async t => {
  const { handler, written } = createFile(t.testdir())
  handler.handle(finalRecord('one'), 'final')
  t.equal(handler.stats.received, 1)
  t.strictSame(written(), [])
  while (written().length === 0) await sleep(20)
  t.strictSame(written(), ['1 one final'])
})

t.test('what is gathered is written before a later iteration', async t => {
  const { handler, written } = createFile(t.testdir())
  handler.handle(finalRecord('first'), 'final')
  handler.handle(openRecord('second'), 'update')
  handler.handle(finalRecord('third'), 'final')
  handler.flush()
  t.strictSame(written(), ['1 first final', '2 second 0', '3 third final'])
})

t.test('what a queue holds is not let go with them', async t => {
  const { handler, written } = createFile(t.testdir(), { queue: true })
  handler.handle(openRecord('held'), 'update')
  handler.handle(finalRecord('over'), 'final')
  while (written().length === 0) await sleep(20)
  t.strictSame(written(), ['1 over final'])
})

t.test('many go on together, in the order in which they ended', async t => {
  const { handler, written } = createFile(t.testdir())
  const names = Array.from({ length: 1000 }, (_, i) => `operation${i}`)
  for (const name of names) handler.handle(finalRecord(name), 'final')
  handler.close()
  t.strictSame(
    written(),
    names.map((name, i) => `${i + 1} ${name} final`),
  )
})

t.test('one that cannot be formatted costs nobody else its line', async t => {
  const { handler, written } = createFile(t.testdir())
  const broken = finalRecord('broken')
  Reflect.set(broken, 'EndTime', 'no date at all')
  Object.defineProperty(broken, 'DB', {
    enumerable: true,
    get: () => {
      throw new Error('no such thing')
    },
  })
  handler.handle(finalRecord('before'), 'final')
  handler.handle(broken, 'final')
  handler.handle(finalRecord('after'), 'final')
  handler.flush()
  t.strictSame(
    written().filter(line => !line.includes('undefined')), // not $drop
    ['1 before final', '3 after final'],
  )
})

t.test('a filter of the user sees each record in its own turn', async t => {
  const folder = t.testdir({
    'seen.cjs':
      'exports.default = record => { globalThis.seenByFilter = record.Filter; return record }',
  })
  const seen = { seen: { module: join(folder, 'seen.cjs') } }
  const { handler } = createFile(folder, {}, seen)
  handler.handle(finalRecord('one'), 'final')
  t.equal(Reflect.get(globalThis, 'seenByFilter'), 'one')
})

for (const options of [{ guarantee: 'written' }, { on_failure: 'refuse' }]) {
  const [[name, value] = []] = Object.entries(options)
  t.test(`${name}: ${value} gathers nothing`, async t => {
    const { handler, written } = createFile(t.testdir(), options)
    handler.handle(finalRecord('one'), 'final')
    if (name === 'on_failure') handler.destination.flush()
    t.strictSame(written(), ['1 one final'])
  })
}
