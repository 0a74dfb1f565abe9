import t from 'tap'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

/** All mistakes of handlers, as `line:column: path: message`. */
function mistakes(lines: readonly string[], env = {}): string[] {
  const text = ['handlers:', ...lines].join('\n')
  const { problems } = loadText({ path: '/c.yaml', text }, env)
  return problems.map(each => problemText(each).slice('/c.yaml:'.length))
}

t.test('a port that is none is told, without the password', async t => {
  const told = mistakes([
    '  a: {class: otlp, endpoint: "http://me:hunter2@host:99999/v1"}',
    '  b: {class: otlp, endpoint: "http://host:0"}',
    '  c: {class: otlp, endpoint: "http://[::1"}',
    '  d: {class: otlp, endpoint: "http://[::1]:4318/a:b"}',
    '  e: {class: otlp, endpoint: "http://host:65535?x=:0"}',
    '  f: {class: otlp, endpoint: "http://host:65536"}',
    '  g: {class: syslog, port: 70000}',
  ])
  t.match(told, [
    /^2:54: handlers\.a\.endpoint: Expected a port from 1 to 65535$/,
    /^3:43: handlers\.b\.endpoint: Expected a port from 1 to 65535$/,
    /^4:30: handlers\.c\.endpoint: Expected an address that can be read$/,
    /^7:43: handlers\.f\.endpoint: .* to 65535$/,
    /^8:28: handlers\.g\.port: Expected a number from 1 up to 65535/,
  ])
  t.notMatch(told.join(), /hunter2/)
})

t.test('what looks like its port may be a password', async t => {
  const told = mistakes(
    [
      '  a: {class: otlp, endpoint: "${env:URL}"}',
      '  b: {class: otlp, endpoint: "http://admin:998877/x@host:4318"}',
      '  c: {class: otlp, endpoint: "http://user:778899"}',
    ],
    { URL: 'http://admin:998877/x@host:4318' },
  )
  t.match(told, Array(3).fill(/to 65535$/))
  t.notMatch(told.join(), /998877|778899/)
})

t.test('so is a header that no request can have', async t => {
  const told = mistakes([
    '  a:',
    '    class: otlp',
    '    endpoint: http://host',
    '    headers: {"x y": a, X-Right: "Bearer b, \\tc", X-A: "hunter2\\n", X-B: "€", "": x}',
  ])
  t.match(told, [
    /^5:15: handlers\.a\.headers\["x y"\]: Expected the name of a header: /,
    /^5:56: handlers\.a\.headers\.X-A: Expected the value of a header: /,
    /^5:74: handlers\.a\.headers\.X-B: Expected the value of a header: /,
    /^5:79: handlers\.a\.headers\[""\]: Expected the name of a header: /,
  ])
  t.notMatch(told.join(), /hunter2/)
})

t.test('so is a path that no system takes', async t => {
  t.match(
    mistakes([
      '  a: {class: file, filename: "a\\0b"}',
      '  b: {class: otlp, endpoint: "http://h", spool: {directory: "\\0"}, tls: {ca: "c\\0"}}',
    ]),
    [
      /^2:30: handlers\.a\.filename: Expected a path without NUL characters$/,
      /^3:61: handlers\.b\.spool\.directory: Expected a path without NUL/,
      /^3:78: handlers\.b\.tls\.ca: Expected a path without NUL/,
    ],
  )
})
