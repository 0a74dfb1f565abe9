// One writer: COUNT records of about 300 bytes into FILE, as JSON.
import { createOutputs } from '../../dist/config/create-outputs.js'
import { settingsFrom } from '../../dist/config/load-settings.js'
import { AuditRecord } from '../../dist/record/record.js'
import { snapshot } from '../../dist/record/snapshot.js'

const [filename = '', count = '0', startAt = '0'] = process.argv.slice(2)
const handlers = { audit: { class: 'file', filename } }
const outputs = createOutputs(settingsFrom({ version: 1, handlers }))

/** As a `findOne` ends; a new one each time, as in an application. */
function createRecord(i: number): AuditRecord {
  const start = 1_795_000_000_000 + i
  const id = `65a7f0b1c0ffee0000${(0x100000 + i).toString(16)}`
  const record = new AuditRecord(
    'mongowatch.collection',
    'findOne',
    id,
    new Date(start),
  )
  record.Iteration = 'final'
  record.EndTime = new Date(start + 3)
  record.DB = 'shop'
  record.Collection = 'orders'
  record.Filter = snapshot({ _id: i })
  record.Duration = 0.001 + i / 1e7
  record.WallTime = record.Duration
  record.MatchedCount = 1
  record.Outcome = 'success'
  record.Driver = '7.9.0'
  record.Host = 'web-1'
  record.PID = process.pid
  record.Thread = 0
  return record
}

function write(records: number): void {
  for (let i = 0; i < records; i++) {
    outputs.router.emit(createRecord(i), 'final')
  }
  for (const handler of outputs.handlers.values()) handler.flush()
}

write(20_000) // compiled by then
setTimeout(
  () => {
    const before = process.cpuUsage()
    const began = Date.now()
    write(Number(count))
    const { user, system } = process.cpuUsage(before)
    const ended = Date.now()
    const cpuUs = (user + system) / Number(count)
    console.log(JSON.stringify({ began, ended, cpuUs }))
  },
  Math.max(0, Number(startAt) - Date.now()),
)
