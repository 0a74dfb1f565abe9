import { packageVersion } from '../package.ts'
import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import { integerOf, summaryOf, textOf, timeOf } from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import { otelAttributes, otelResource } from './otel-attributes.ts'
import { otelSeverity } from './otel-severity.ts'
import { PRODUCT } from './product.ts'

const NANOSECONDS = '000000'
const TRACE_ID = /^[\da-f]{32}$/
const SPAN_ID = /^[\da-f]{16}$/

/**
 * One line of an OTLP JSON file: a `LogsData` message with one log record,
 * its attributes by the semantic conventions, ours as `mongowatch.*`. A
 * Collector reads such files as they are.
 */
export function createOtelFormatter(): RecordFormatter {
  const scope = jsonText({ name: PRODUCT, version: packageVersion() })
  return {
    format: record =>
      `{"resourceLogs":[{"resource":{"attributes":${otelResource(record)}},"scopeLogs":[{"scope":${scope},"logRecords":[${otelLogRecord(record)}]}]}]}`,
  }
}

/** One record as a log record of OTLP, in JSON. */
export function otelLogRecord(record: AuditRecord): string {
  const observed = timeOf(record.EndTime) ?? timeOf(record.StartTime)
  const start = jsonText({
    timeUnixNano: nanoseconds(timeOf(record.StartTime)),
    observedTimeUnixNano: nanoseconds(observed),
    severityNumber: otelSeverity(record._level),
    severityText: record._level.toUpperCase(),
    eventName: 'mongowatch.operation',
    body: { stringValue: summaryOf(record) },
    traceId: hexId(record.TraceID, TRACE_ID),
    spanId: hexId(record.SpanID, SPAN_ID),
  })
  return `${start.slice(0, -1)},"attributes":${otelAttributes(record)}}`
}

function nanoseconds(time: number | undefined): string | undefined {
  return time === undefined ? undefined : `${integerOf(time)}${NANOSECONDS}`
}

function hexId(value: unknown, form: RegExp): string | undefined {
  const id = textOf(value)
  return id !== undefined && form.test(id) ? id : undefined
}
