// Readers of lines that know nothing of mongowatch: Python's own lexer reads
// the texts, its json the numbers and documents.
import fc from 'fast-check'
import t from 'tap'
import { createFormatter } from '../../src/formatters/create-formatter.ts'
import { FIELD_NAMES } from '../../src/record/fields.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { auditRecord } from '../fixtures/audit-record.ts'
import { runFile } from '../fixtures/command-line.ts'
import { HOSTILE_TEXTS } from '../fixtures/hostile-text.ts'

/** Triples of lines: `{watch}`, `{watch.full}`, and the values as JSON. */
const PYTHON = String.raw`
import ast, io, json, re, sys, tokenize
KEY = re.compile(r"([A-Za-z]\w*)=")
def value(text):
    if text[0] != "'":
        return json.JSONDecoder().raw_decode(text)
    first = next(tokenize.generate_tokens(io.StringIO(text).readline))
    assert first.type == tokenize.STRING, first
    return ast.literal_eval(first.string), first.end[1]
def read(line):
    found, at = {}, 0
    while at < len(line):
        key = KEY.match(line, at)
        assert key and key[1] not in found, line[at:at + 99]
        found[key[1]], length = value(line[key.end():])
        at = key.end() + length
        assert at == len(line) or line[at] == " ", line[at:at + 99]
        at += 1
    return found
def same(name, got, wanted, isFull):
    if isinstance(wanted, (dict, list)) and isFull:
        got = json.loads(got)
    if name in ("Duration", "WallTime") and not isFull:
        return abs(got - wanted) <= 0.0006
    return got == wanted and isinstance(got, bool) == isinstance(wanted, bool)
lines = sys.stdin.buffer.read().decode("utf-8", "strict").split("\n")
for at in range(0, len(lines), 3):
    wanted = json.loads(lines[at + 2])
    for isFull in (False, True):
        found = read(lines[at + isFull])
        assert found.keys() == wanted.keys(), found.keys() ^ wanted.keys()
        for name in wanted:
            assert same(name, found[name], wanted[name], isFull), (name, found[name], wanted[name])
print(len(lines) // 3)
`

/** What a reader is to find: dates as text writes them, the rest as in JSON. */
function valuesOf(record: AuditRecord): object {
  const entries = FIELD_NAMES.map(name => {
    const value: unknown = record[name]
    if (!(value instanceof Date)) return [name, value]
    return [
      name,
      value.toISOString().replace('T', ' ').replace('.', ',').slice(0, -1),
    ]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

const CONTEXT = { defaultFields: () => FIELD_NAMES }

t.test('Python finds the same fields and values in every line', async t => {
  const watch = createFormatter({ type: 'line', format: '{watch}' }, CONTEXT)
  const full = createFormatter(
    { type: 'line', format: '{watch.full}' },
    CONTEXT,
  )
  const records = [
    ...fc.sample(anyRecord(), { numRuns: 300, seed: 20_261_125 }),
    ...HOSTILE_TEXTS.map(text =>
      auditRecord({
        DB: text,
        Filter: { [text]: text },
        ErrorMessage: `' Outcome='success' ${text}`,
      }),
    ),
  ]
  const lines = records.flatMap(record => [
    watch.format(record),
    full.format(record),
    JSON.stringify(valuesOf(record)),
  ])
  const { code, stdout, stderr } = await runFile(
    'python3',
    ['-W', 'error', '-c', PYTHON],
    { input: lines.join('\n') },
  )
  t.equal(code, 0, stderr)
  t.equal(stdout, `${records.length}\n`, 'one record is one line')
})
