import { hostname } from 'node:os'
import { syslogSeverity } from '../../formatters/syslog-severity.ts'
import { cutLine } from '../cut-line.ts'
import type { Message } from '../network/sender.ts'

/** `<PRI>1 TIME HOST APP PROCID MSGID `, as `rfc5424` formatters write it. */
const HEADER = /^<\d{1,3}>1 (?:\S+ ){5}/
const ELEMENT = /^\[[^ \]"]+(?: [^=]+="(?:[^"\\\]]|\\.)*")*\]/
const PARAMETER = / [^ =\]"]+="(?:[^"\\\]]|\\.)*"/g

/** What is needed to make a message of a line. */
export interface MessageRules {
  readonly facility: number
  readonly maxMessageBytes: number
}

/**
 * One message of RFC 5424, not above the limit. Lines of an `rfc5424`
 * formatter are messages; a line of another one (`cef`, `json`) is the text
 * of a message.
 */
export function syslogMessage(
  message: Message,
  { facility, maxMessageBytes }: MessageRules,
): Buffer {
  const text = HEADER.test(message.line)
    ? message.line
    : `${header(message, facility)}- ${message.line}`
  const bytes = Buffer.from(text)
  if (bytes.length <= maxMessageBytes) return bytes
  return Buffer.from(cutMessage(text, maxMessageBytes))
}

function header({ level }: Message, facility: number): string {
  const priority = facility * 8 + syslogSeverity(level)
  const time = new Date().toISOString()
  return `<${priority}>1 ${time} ${hostname()} mongowatch ${process.pid} - `
}

/** Cuts the text; when that is not enough, whole parameters before it. */
function cutMessage(text: string, limit: number): string {
  const start = HEADER.exec(text)?.[0] ?? ''
  const rest = text.slice(start.length)
  const element = ELEMENT.exec(rest)?.[0]
  if (element === undefined) return cutLine(text, limit)
  const isEnough = Buffer.byteLength(start + element) + 40 < limit
  if (isEnough) return cutLine(text, limit)
  const parameters = element.match(PARAMETER) ?? []
  let kept = start + element.slice(0, element.indexOf(' '))
  for (const parameter of parameters) {
    if (Buffer.byteLength(kept + parameter) + 40 > limit) break
    kept += parameter
  }
  const missing = Buffer.byteLength(text) - Buffer.byteLength(kept)
  return `${kept}] [cut ${missing} bytes]`
}
