import t from 'tap'
import { createOtelFormatter } from '../../../src/formatters/otel.ts'
import { otlpRequest } from '../../../src/outputs/otlp/otlp-request.ts'
import { bodiesOf } from '../../fixtures/http-receiver.ts'
import { finalRecord } from '../../fixtures/output-parts.ts'

const { format } = createOtelFormatter()

function line(appName: string, filter: unknown): string {
  const record = finalRecord(filter)
  record.AppName = appName
  return format(record)
}

t.test('records of one process stand in one list', async t => {
  const lines = [line('shop', { a: 1 }), line('desk', 1), line('shop', 2)]
  const batch = lines.map(line => ({ line, level: 'info' }) as const)
  const { resourceLogs } = JSON.parse(otlpRequest(batch))
  t.equal(resourceLogs.length, 2)
  t.same(
    resourceLogs.map(
      (each: { scopeLogs: { logRecords: unknown[] }[] }) =>
        each.scopeLogs[0]?.logRecords.length,
    ),
    [2, 1],
  )
  t.match(resourceLogs[1].resource.attributes[0], {
    key: 'service.name',
    value: { stringValue: 'desk' },
  })
})

t.test('text that looks like the border of a record stays text', async t => {
  const name = '"logRecords":[{"a":1}]}]}]}'
  const request = otlpRequest([{ line: line(name, name), level: 'info' }])
  const { resourceLogs } = JSON.parse(request)
  t.equal(resourceLogs[0].resource.attributes[0].value.stringValue, name)
  t.equal(resourceLogs[0].scopeLogs[0].logRecords.length, 1)
})

t.test('a line of another formatter is the body of a log record', async t => {
  const request = otlpRequest([
    { line: 'CEF:0|"quoted"', level: 'error' },
    { line: '{"resourceLogs":[', level: 'info' },
  ])
  const json = JSON.parse(request)
  t.same(bodiesOf(json), ['CEF:0|"quoted"', '{"resourceLogs":['])
  t.match(json.resourceLogs[0].scopeLogs[0].logRecords[0], {
    severityNumber: 17,
    severityText: 'ERROR',
  })
})

t.test('text of another formatter has the severity of its level', async t => {
  for (const [level, severity] of [
    ['crit', 21],
    ['notice', 10],
    ['trace', 1],
    ['info', 9],
  ] as const) {
    const request = otlpRequest([{ line: 'what was done', level }])
    t.match(JSON.parse(request).resourceLogs[0].scopeLogs[0].logRecords[0], {
      severityNumber: severity,
      body: { stringValue: 'what was done' },
    })
  }
})
