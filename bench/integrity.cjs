// What a record costs in the file handler, without and with integrity: CPU
// time, the median of several rounds. npm run bench:integrity
const { mkdtempSync, rmSync, statSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { settingsFrom } = require('../dist/config/load-settings.js')
const { createOutputs } = require('../dist/config/create-outputs.js')
const { closeHandlers } = require('../dist/outputs/close-handlers.js')
const { AuditRecord } = require('../dist/record/record.js')

const COUNT = 20_000
const ROUNDS = 7
const KEY = 'a key for the benchmark'
const SETTINGS = {
  none: { integrity: 'none' },
  chain: { integrity: 'chain' },
  hmac: { integrity: 'hmac', integrity_key: KEY },
  'none, written': { guarantee: 'written' },
  'chain, written': { integrity: 'chain', guarantee: 'written' },
}

function round(options) {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-integrity-'))
  const filename = join(folder, 'audit.jsonl')
  const audit = { class: 'file', filename, ...options }
  const { handlers, router } = createOutputs(
    settingsFrom({ version: 1, handlers: { audit } }),
  )
  const record = new AuditRecord(
    'mongowatch.collection',
    'insertOne',
    '0123456789abcdef01234567',
    new Date(0),
  )
  record.Iteration = 'final'
  record.Outcome = 'success'
  record.Filter = { text: 'x'.repeat(200) }
  const began = process.cpuUsage()
  for (let i = 0; i < COUNT; i++) router.emit(record, 'final')
  closeHandlers(handlers, router)
  const { user, system } = process.cpuUsage(began)
  const { size } = statSync(filename)
  rmSync(folder, { recursive: true })
  return { us: (user + system) / COUNT, bytes: size / COUNT }
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

const results = Object.fromEntries(
  Object.keys(SETTINGS).map(name => [name, []]),
)
for (let i = 0; i < ROUNDS; i++) {
  for (const [name, options] of Object.entries(SETTINGS)) {
    results[name].push(round(options))
  }
}
console.table(
  Object.fromEntries(
    Object.entries(results).map(([name, rounds]) => [
      `integrity: ${name}`,
      {
        'CPU µs per record': median(rounds.map(({ us }) => us)).toFixed(2),
        'bytes per record': Math.round(rounds[0].bytes),
      },
    ]),
  ),
)
