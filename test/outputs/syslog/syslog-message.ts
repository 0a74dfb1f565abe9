import t from 'tap'
import { createRfc5424Formatter } from '../../../src/formatters/rfc5424.ts'
import { syslogMessage } from '../../../src/outputs/syslog/syslog-message.ts'
import { finalRecord } from '../../fixtures/output-parts.ts'

const { format } = createRfc5424Formatter({})
const rules = { facility: 13, maxMessageBytes: 8192 }

t.test('a line of an rfc5424 formatter is the message', async t => {
  const line = format(finalRecord({ name: 'é' }))
  t.equal(String(syslogMessage({ line, level: 'info' }, rules)), line)
})

t.test('another line is the text of a message', async t => {
  const message = syslogMessage({ line: 'CEF:0|a|b', level: 'error' }, rules)
  t.match(
    String(message),
    /^<107>1 \d{4}-\S+Z \S+ mongowatch \d+ - - CEF:0\|a\|b$/,
  )
})

for (const limit of [480, 700, 2048]) {
  t.test(
    `a message above ${limit} bytes is cut where it stays one`,
    async t => {
      const record = finalRecord('ö]"'.repeat(600))
      record.Collection = 'c'.repeat(limit / 2)
      record.Update = '"]\\é'.repeat(limit)
      const line = format(record)
      const text = String(
        syslogMessage(
          { line, level: 'info' },
          { ...rules, maxMessageBytes: limit },
        ),
      )
      t.ok(Buffer.byteLength(text) <= limit)
      t.match(text, /^<\d+>1 (?:\S+ ){5}\[\S+(?: \w+="(?:[^"\\\]]|\\.)*")*\] /)
      t.match(text, / \[cut \d+ bytes\]$/)
    },
  )
}

t.test('a message of just the limit is whole', async t => {
  const line = format(finalRecord('a'))
  const maxMessageBytes = Buffer.byteLength(line)
  const message = syslogMessage(
    { line, level: 'info' },
    { ...rules, maxMessageBytes },
  )
  t.equal(String(message), line)
})
