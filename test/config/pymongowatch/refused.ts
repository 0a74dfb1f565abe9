// What pymongowatch's files may hold and nothing here takes the place of.
import t from 'tap'
import { loadFiles } from '../../../src/config/load-settings.ts'
import { problemText } from '../../../src/config/problem-text.ts'
import { loadText } from '../../fixtures/config/load-text.ts'

function problemsOf(...lines: string[]): string[] {
  const text = lines.join('\n')
  const { problems } = loadText({ path: '/p.yaml', text }, {})
  return problems.map(problemText)
}

t.test('a field of one’s own names the filter that makes it', async t => {
  t.match(
    problemsOf(
      'watchers:',
      '  collection:',
      '    operations:',
      '      find_one: {filter: {to: Tag, value: x}}',
      '      find: {filter: {to: Fliter}}',
      '    result: {to: "(result)"}',
    ),
    [
      /^\/p\.yaml:4:31: .*findOne\.filter\.to: No record has the field Tag \(a filter makes fields.*constant/,
      /^\/p\.yaml:5:27: .*got "Fliter"; did you mean Filter\?/,
      /^\/p\.yaml:6:18: watchers\.collection\.result\.to: .*did you mean _result\?/,
    ],
  )
})

t.test('a filter without its expression says what it lacks', async t => {
  const type = '(): ext://pymongo.watcher.filters.ExpressionFilter'
  t.match(
    problemsOf(
      'filters:',
      `  a: {${type}}`,
      `  b: {${type}, expression: ""}`,
      `  c: {${type}, expression: [DB]}`,
      'handlers: {h: {class: logging.StreamHandler, filters: [a, b, c]}}',
    ),
    [
      /^\/p\.yaml:2:6: filters\.a: Expected an expression .*\(when: "/,
      /^\/p\.yaml:3:71: filters\.b: Expected an expression/,
      /^\/p\.yaml:4:71: filters\.c: Expected an expression/,
    ],
  )
})

t.test('a tuple behind in is a list', async t => {
  const type = '(): ext://pymongo.watcher.filters.ExpressionFilter'
  const text = `filters: {a: {${type}, expression: "DB in ('a', 'b') and PID in (1,)"}}`
  const { settings } = loadText({ path: '/p.yaml', text }, {})
  t.match(settings.filters.a, { when: "DB in ['a', 'b'] && PID in [1]" })
})

t.test(
  'a key of a RateFilter that it has not is told with its place',
  async t => {
    const type = '(): ext://pymongo.watcher.filters.RateFilter'
    t.match(
      problemsOf(
        'filters:',
        `  a: {${type}, attributes: [PID], timeout_sec: 0, interval: 2, output_rate: 5}`,
        `  b: {${type}, attribute: [PID]}`,
        `  d: {${type}, attributes: [PID], extra_timeout_sec: 0, output_rate_sec: 0}`,
        'handlers: {h: {class: logging.StreamHandler, filters: [a, b, d]}}',
      ),
      [
        /^\/p\.yaml:2:85: filters\.a\.timeout_sec: RateFilter has no timeout_sec; did/,
        /^\/p\.yaml:2:98: filters\.a\.interval: RateFilter has no interval \(it has attr/,
        /^\/p\.yaml:2:114: .*has no output_rate; did you mean output_rate_sec\?/,
        /^\/p\.yaml:3:6: filters\.b: Expected attributes of this RateFilter/,
        /^\/p\.yaml:3:64: .*has no attribute; did you mean attributes\?/,
        /^\/p\.yaml:4:111: .*output_rate_sec: Expected a number above 0/,
      ],
    )
  },
)

t.test(
  'so is one of a queue, a logging.Filter or an ExpressionFilter',
  async t => {
    t.match(
      problemsOf(
        'filters:',
        '  a: {(): pymongo.watcher.filters.ExpressionFilter, expression: PID > 1, exception_result: 4}',
        '  b: {(): logging.Filter, nam: pymongo.watcher.cursor}',
        'handlers:',
        '  h: {class: logging.StreamHandler, level: INFO}',
        '  q: {(): pymongo.watcher.setup_queue_handler, backend: cfg://handlers.h, filters: [a, b], levl: x, forced_delay: 3, register_atexit: True, stream: x}',
      ),
      [
        /^\/p\.yaml:2:92: .*exception_result: Expected true or false, got a number/,
        /^\/p\.yaml:3:32: .*Filter has no nam; did you mean name\?/,
        /^\/p\.yaml:6:98: .*no levl; did you mean level\?/,
        /^\/p\.yaml:6:115: .*no forced_delay; did you mean forced_delay_sec\?/,
        /^\/p\.yaml:6:149: .*no stream \(it has backend/,
      ],
    )
  },
)

t.test(
  'filters of a queue that are misspelled leave nothing unmasked',
  async t => {
    const { settings } = loadText(
      {
        path: '/p.yaml',
        text: [
          'filters: {m: {mask: {fields: [Filter]}}}',
          'handlers:',
          '  h: {class: logging.StreamHandler}',
          '  q: {(): pymongo.watcher.setup_queue_handler, backend: cfg://handlers.h, filtrs: [m]}',
        ].join('\n'),
      },
      {},
    )
    t.ok(settings.handlers.h?.filters, 'what is not there could have hidden')
  },
)

const RATE =
  '(): pymongo.watcher.filters.RateFilter, attributes: [InsertedCount]'
const QUEUE =
  '(): pymongo.watcher.setup_queue_handler, backend: cfg://handlers.h'

/** A RateFilter and a queue with these keys more. */
function withKeys(rate: string, queue: string): string {
  return [
    `filters: {r: {${RATE}, ${rate}}}`,
    'handlers:',
    '  h: {class: logging.StreamHandler, filters: [r]}',
    `  q: {${QUEUE}, ${queue}}`,
  ].join('\n')
}

for (const [rate, queue] of [
  ['extra_timeout_sec: null', 'garbage_collection_rate: 5000'],
  ['extra_timeout_sec: 0.5', 'garbage_collection_rate: null'],
  ['enable_multiprocessing: yes', 'register_atexit: Off'],
  ['enable_multiprocessing: null', 'enable_multiprocessing: no'],
  ['extra_timeout_sec: "${env:XT:-2}"', 'register_atexit: "${env:AT:-true}"'],
  ['extra_timeout_sec: "cfg://handlers.q.x"', 'register_atexit: cfg://gone'],
] as const)
  t.test(`${rate} and ${queue} are left out`, async t => {
    const text = withKeys(rate, queue)
    const loaded = loadFiles([{ path: '/p.yaml', text }], {}, 'thorough')
    t.same(loaded.problems.map(problemText), [])
    const rates = { rate: { attributes: ['InsertedCount'] } }
    t.same(loaded.settings.filters, { r: rates })
    t.match(loaded.settings.handlers, { h: { filters: ['r'] } })
  })

t.test(
  'nonsense in a key without effect is a warning of the check, and costs nothing',
  async t => {
    const text = withKeys(
      'extra_timeout_sec: -1, enable_multiprocessing: 3',
      'garbage_collection_rate: often, register_atexit: [1]',
    )
    const input = [{ path: '/p.yaml', text }]
    const { problems } = loadFiles(input, {}, 'thorough')
    t.match(problems.map(problemText), [
      /^\/p\.yaml:1:\d+: filters\.r\.extra_timeout_sec: Warning: Expected a number from 0, got a number \(-1\) \(it is left out: /,
      /^\/p\.yaml:1:\d+: .*enable_multiprocessing: Warning: Expected true or false, got a number \(3\)/,
      /^\/p\.yaml:4:\d+: handlers\.h\.garbage_collection_rate: Warning: Expected a number from 0, got "often"/,
      /^\/p\.yaml:4:\d+: handlers\.h\.register_atexit: Warning: Expected true or false, got a list/,
    ])
    const used = loadFiles(input, {})
    t.same(used.problems, [])
    t.match(used.settings.filters, { r: { rate: {} } })
    t.match(used.settings.handlers, { h: { filters: ['r'] } })
  },
)
