import t from 'tap'
import { escapeText, jsonString, quoteText } from '../../src/record/escape.ts'
import { jsonText } from '../../src/record/json-text.ts'

/** Everything that must not appear in a line. */
const UNSAFE =
  '\0\t\n\r\x1b\x1f\x7f\x80\x85\x9b\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069'

t.test('text: unsafe characters and lone surrogates are escapes', async t => {
  t.equal(escapeText('a\nb\x1b[31m'), 'a\\u000ab\\u001b[31m')
  t.equal(escapeText('\ud800x'), '\\ud800x')
  t.equal(escapeText('😀 é ✓'), '😀 é ✓')
  for (const unit of UNSAFE) t.match(escapeText(unit), /^\\u[\da-f]{4}$/)
})

t.test('text: a backslash is escaped only where it would mislead', async t => {
  t.equal(escapeText('DOMAIN\\user'), 'DOMAIN\\user')
  t.equal(escapeText('\\u000a'), '\\u005cu000a')
})

t.test('quoted: one backslash before a quote and a backslash', async t => {
  t.equal(quoteText("it's"), "'it\\'s'")
  t.equal(quoteText('a\\b\n'), "'a\\\\b\\u000a'")
})

t.test('JSON: equal to the value and free of unsafe characters', async t => {
  for (const text of ['', 'a', '"\\', UNSAFE, '\ud800', '😀']) {
    t.equal(JSON.parse(jsonString(text)), text)
    t.same(JSON.parse(jsonText({ [text]: [text] })), { [text]: [text] })
    for (const unit of UNSAFE) t.notOk(jsonText([text]).includes(unit))
  }
})

t.test('JSON: what cannot be held is null', async t => {
  t.equal(jsonText(undefined), 'null')
  t.equal(jsonText(Number.NaN), 'null')
})
