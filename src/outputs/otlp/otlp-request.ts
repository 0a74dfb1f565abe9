import { otelSeverity } from '../../formatters/otel-severity.ts'
import type { Message } from '../network/sender.ts'

const START = '{"resourceLogs":['
const RECORDS = '"logRecords":['
const END = ']}]}]}'

/**
 * One request of a batch. Lines of an `otel` formatter are taken apart, so
 * that records of one process stand in one list; a line of another formatter
 * is the body of a log record.
 */
export function otlpRequest(batch: readonly Message[]): string {
  const lists = new Map<string, string[]>()
  for (const message of batch) {
    const { head, record } = split(message)
    const list = lists.get(head)
    if (list === undefined) lists.set(head, [record])
    else list.push(record)
  }
  const parts = [...lists].map(([head, list]) => `${head}${list.join()}]}]}`)
  return `${START}${parts.join()}]}`
}

/** What stands before the record, and the record. */
function split(message: Message): { head: string; record: string } {
  const { line } = message
  const at = line.indexOf(RECORDS)
  if (!line.startsWith(START) || at < 0 || !line.endsWith(END)) {
    return wrap(message)
  }
  return {
    head: line.slice(START.length, at + RECORDS.length),
    record: line.slice(at + RECORDS.length, -END.length),
  }
}

function wrap({ line, level }: Message): { head: string; record: string } {
  const record = {
    observedTimeUnixNano: `${Date.now()}000000`,
    severityNumber: otelSeverity(level),
    severityText: level.toUpperCase(),
    body: { stringValue: line },
  }
  const head = `{"resource":{},"scopeLogs":[{"scope":{"name":"mongowatch"},${RECORDS}`
  return { head, record: JSON.stringify(record) }
}
