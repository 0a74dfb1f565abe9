import { chmodSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { loadFiles } from '../../src/config/load-settings.ts'
import {
  createFilter,
  type FilterSettings,
} from '../../src/filters/create-filter.ts'
import type { RecordFilter } from '../../src/filters/filter.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const PAGE = readFileSync(resolve(__dirname, '../../docs/filters.md'), 'utf8')

interface Example {
  readonly section: string
  readonly yaml: string
  /** Records and what becomes of them. */
  readonly lines: readonly string[]
  readonly files: Readonly<Record<string, string>>
}

/** Every block of YAML with the block of lines after it. */
function examplesOf(page: string): Example[] {
  const found: Example[] = []
  for (const section of page.split(/^(?=##+ )/m)) {
    const [heading = ''] = section.split('\n', 1)
    const files: Record<string, string> = {}
    for (const [, name = '', code = ''] of section.matchAll(
      /```js\n\/\/ (\S+)\n(.*?)```/gs,
    )) {
      files[name] = code
    }
    for (const [, yaml = '', text = ''] of section.matchAll(
      /```yaml\n(.*?)```\n(?:```text\n(.*?)```)?/gs,
    )) {
      const lines = text.split('\n').filter(line => line !== '')
      found.push({ section: heading, yaml, lines, files })
    }
  }
  return found
}

const LINE =
  /^(?:(?<name>[a-z]+) +)?(?<record>\{.*?\}) {2,}(?:(?<verdict>passes|is stopped)|becomes (?<result>\{.*\}))$/
const LATER = /^(\d+) seconds later$/
const AT_THE_END = /^at the end +(\{.*\})$/

interface Trial {
  readonly filters: Map<string, RecordFilter>
  readonly clock: { now: number }
}

function makeFilters(
  settings: Readonly<Record<string, FilterSettings>>,
): Trial {
  const clock = { now: 0, monotonic: () => clock.now, wall: () => clock.now }
  const filters = Object.entries(settings).map(
    ([name, each]) => [name, createFilter(name, each, { clock })] as const,
  )
  return { filters: new Map(filters), clock }
}

function tryLine(t: Test, { filters, clock }: Trial, line: string): void {
  const [, seconds] = LATER.exec(line) ?? []
  if (seconds !== undefined) {
    clock.now += Number(seconds) * 1000
    return
  }
  const only = [...filters.keys()][0] ?? ''
  const [, atTheEnd] = AT_THE_END.exec(line) ?? []
  if (atTheEnd !== undefined) {
    t.match(filters.get(only)?.flush?.(), [JSON.parse(atTheEnd)], line)
    return
  }
  const {
    name = only,
    record = '',
    verdict,
    result,
  } = LINE.exec(line)?.groups ?? {}
  const given = auditRecord(JSON.parse(record))
  const passed = filters.get(name)?.apply(given)
  if (verdict === 'is stopped') t.equal(passed, false, line)
  else if (verdict === 'passes') t.equal(passed, given, line)
  else t.strictSame(shown(passed, result), JSON.parse(result ?? ''), line)
}

/** Of a record: the fields that a test did not set, and those expected. */
function shown(
  record: AuditRecord | false | undefined,
  expected = '{}',
): unknown {
  const wanted = Object.keys(JSON.parse(expected))
  const plain = JSON.parse(JSON.stringify(record ?? null))
  const silent = [
    'WatchID',
    'Iteration',
    'StartTime',
    'EndTime',
    'Operation',
    'Outcome',
    'WallTime',
  ]
  for (const name of silent) if (!wanted.includes(name)) delete plain[name]
  delete plain._logger
  delete plain._level
  return plain
}

const examples = examplesOf(PAGE)

for (const { section, yaml, lines, files } of examples) {
  t.test(`the example under ${section} does what the page says`, async t => {
    const folder = t.testdir({ ...files, 'mongowatch.yaml': yaml })
    const path = join(folder, 'mongowatch.yaml')
    chmodSync(path, 0o600)
    const { settings, problems } = loadFiles([path])
    t.strictSame(
      problems.map(({ message }) => message),
      [],
    )
    const trial = makeFilters(settings.filters)
    for (const line of lines) tryLine(t, trial, line)
  })
}

t.test('every filter has a section with an example', async t => {
  const sections = new Set(examples.map(({ section }) => section))
  const kinds = [
    'when',
    'match',
    'mask',
    'redact',
    'sample',
    'rate',
    'fields',
    'module',
  ]
  for (const kind of kinds) t.ok(sections.has(`## ${kind}`), kind)
})
