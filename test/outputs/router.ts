import t from 'tap'
import type { Destination } from '../../src/outputs/destination.ts'
import { Tally } from '../../src/outputs/destination.ts'
import { createDropRecord } from '../../src/outputs/drop-record.ts'
import { Handler, type HandlerParts } from '../../src/outputs/handler.ts'
import type { LoggerEntry } from '../../src/outputs/output-settings.ts'
import { createRouter } from '../../src/outputs/router.ts'
import type { Level } from '../../src/record/level.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { finalRecord, LOG_LEVEL, openRecord } from '../fixtures/output-parts.ts'

/** A destination that keeps its lines. */
class Lines implements Destination {
  readonly tally = new Tally()
  readonly pending = 0
  readonly lines: string[] = []
  readonly levels: Level[] = []
  cannotWrite: Error | undefined
  write(line: string, level: Level): void {
    this.lines.push(line)
    this.levels.push(level)
  }
  flush(): void {}
  close(): void {}
  problem(): Error | undefined {
    return this.cannotWrite
  }
}

function handler(name: string, parts: Partial<HandlerParts> = {}) {
  const lines = new Lines()
  return {
    lines,
    handler: new Handler({
      name,
      level: 'notset',
      filters: [],
      formatter: {
        format: ({ Operation, Iteration, Seq }: AuditRecord) =>
          `${Seq} ${Operation} ${Iteration}`,
      },
      destination: lines,
      queue: false,
      isWriteAhead: false,
      isRefusing: false,
      ...parts,
    }),
  }
}

function router(
  handlers: { handler: Handler }[],
  loggers: Record<string, Partial<LoggerEntry>>,
) {
  const entries = Object.entries(loggers).map(([name, logger]) => [
    name,
    { level: undefined, handlers: [], propagate: true, ...logger },
  ])
  return createRouter(
    {
      watchers: { collection: { logLevel: LOG_LEVEL } },
      handlers: {},
      loggers: Object.fromEntries(entries),
    },
    new Map(handlers.map(({ handler }) => [handler.name, handler])),
  )
}

t.test('a record reaches the handlers of its logger and above', async t => {
  const own = handler('own')
  const top = handler('top')
  const other = handler('other')
  const { emit } = router([own, top, other], {
    root: { handlers: ['top'] },
    'mongowatch.collection': { handlers: ['own'] },
    'mongowatch.cursor': { handlers: ['other'] },
  })
  emit(finalRecord(), 'final')
  t.same(own.lines.lines, ['1 insertOne final'])
  t.same(top.lines.lines, ['1 insertOne final'])
  t.same(other.lines.lines, [])
})

t.test('a handler that is named twice gets a record once', async t => {
  const one = handler('one')
  const { emit } = router([one], {
    mongowatch: { handlers: ['one'] },
    'mongowatch.collection': { handlers: ['one'] },
  })
  emit(finalRecord(), 'final')
  t.equal(one.lines.lines.length, 1)
})

t.test('propagate: false stops on the way up', async t => {
  const one = handler('one')
  const { emit } = router([one], {
    mongowatch: { handlers: ['one'] },
    'mongowatch.collection': { propagate: false },
  })
  emit(finalRecord(), 'final')
  t.same(one.lines.lines, [])
})

t.test('the nearest level counts, and it is info without any', async t => {
  const one = handler('one')
  const quiet = router([one], { mongowatch: { handlers: ['one'] } })
  t.equal(quiet.wants('mongowatch.collection', 'update'), false)
  t.equal(quiet.wants('mongowatch.collection', 'final'), true)
  const loud = router([one], {
    mongowatch: { handlers: ['one'], level: 'error' },
    'mongowatch.collection': { level: 'debug' },
  })
  t.equal(loud.wants('mongowatch.collection', 'update'), true)
  t.equal(loud.wants('mongowatch.cursor', 'error'), false)
})

t.test('a handler has a level of its own', async t => {
  const errors = handler('errors', { level: 'warning' })
  const { emit } = router([errors], { mongowatch: { handlers: ['errors'] } })
  emit(finalRecord(), 'final')
  const failed = finalRecord()
  failed.Outcome = 'failure'
  emit(failed, 'final')
  t.same(errors.lines.lines, ['1 insertOne final'])
  t.same(errors.lines.levels, ['warn'])
})

t.test('`off` lets nothing through', async t => {
  const one = handler('one', { level: 'off' })
  const { wants } = router([one], { mongowatch: { handlers: ['one'] } })
  t.equal(wants('mongowatch.collection', 'error'), false)
  t.equal(wants('mongowatch.collection'), false)
})

t.test('a logger is wanted when one phase of it is', async t => {
  const errors = handler('errors', { level: 'warning' })
  const { wants } = router([errors], {
    mongowatch: { handlers: ['errors'] },
    'mongowatch.cursor': { level: 'off' },
  })
  t.equal(wants('mongowatch.collection'), true)
  t.equal(wants('mongowatch.cursor'), false)
})

t.test('lifecycle records have levels of their own', async t => {
  const one = handler('one', { level: 'warning' })
  const { emit } = router([one], { mongowatch: { handlers: ['one'] } })
  const drop = createDropRecord('audit', {
    first: 1,
    last: 2,
    count: 3,
    reason: 'ENOSPC',
  })
  emit(drop, 'final')
  t.same(one.lines.lines, ['1 $drop final'])
  const start = createDropRecord('audit', drop as never)
  start.Operation = '$start'
  emit(start, 'final')
  t.equal(one.lines.lines.length, 1, '$start is only info')
})

t.test('Seq counts in each handler by itself', async t => {
  const all = handler('all')
  const errors = handler('errors', { level: 'error' })
  const { emit } = router([all, errors], {
    mongowatch: { handlers: ['all', 'errors'] },
  })
  const record = finalRecord()
  emit(record, 'final')
  emit(finalRecord(), 'final')
  t.same(all.lines.lines, ['1 insertOne final', '2 insertOne final'])
  t.same(errors.lines.lines, [])
  t.equal(record.Seq, undefined, 'and is not seen by anybody else')
})

t.test('a handler that throws stops no other', async t => {
  const broken = handler('broken', {
    formatter: {
      format: () => {
        throw new Error('broken on purpose, shown once on stderr')
      },
    },
  })
  const whole = handler('whole')
  const { emit } = router([broken, whole], {
    mongowatch: { handlers: ['broken', 'whole'] },
  })
  t.doesNotThrow(() => emit(finalRecord(), 'final'))
  t.equal(whole.lines.lines.length, 1)
  t.same(broken.handler.stats, { received: 1, written: 0, lost: 1 })
})

t.test('a handler with a queue writes the last iteration only', async t => {
  const queued = handler('queued', { queue: {} })
  const every = handler('every')
  const { emit } = router([queued, every], {
    mongowatch: { handlers: ['queued', 'every'], level: 'debug' },
  })
  const record = openRecord()
  emit(record, 'first')
  record.Iteration = 1
  emit(record, 'update')
  record.Iteration = 'final(2)'
  emit(record, 'final')
  queued.handler.flush()
  t.same(queued.lines.lines, ['1 insertOne final(2)'])
  t.equal(every.lines.lines.length, 3)
})

t.test('a write-ahead handler gets `first` whatever its level', async t => {
  const ahead = handler('ahead', { queue: {}, isWriteAhead: true })
  const { emit, wants } = router([ahead], {
    mongowatch: { handlers: ['ahead'] },
  })
  t.equal(wants('mongowatch.collection', 'first'), true)
  const record = openRecord()
  emit(record, 'first')
  t.same(ahead.lines.lines, ['1 insertOne 0'])
  record.Iteration = 'final'
  emit(record, 'final')
  t.equal(ahead.lines.lines.length, 2)
})

t.test('an operation that cannot be audited is refused', async t => {
  const strict = handler('strict', { isRefusing: true })
  const { emit } = router([strict], { mongowatch: { handlers: ['strict'] } })
  t.equal(emit(openRecord(), 'first'), undefined)
  strict.lines.cannotWrite = new Error('ENOSPC')
  t.match(emit(openRecord(), 'first'), {
    name: 'MongowatchAuditError',
    code: 'MONGOWATCH_AUDIT_REFUSED',
  })
  t.same(strict.lines.lines, [])
})

t.test('an operation that nobody would record is not refused', async t => {
  const strict = handler('strict', {
    isRefusing: true,
    filters: [{ apply: record => record.DB === 'payments' && record }],
  })
  strict.lines.cannotWrite = new Error('ENOSPC')
  const { emit } = router([strict], { mongowatch: { handlers: ['strict'] } })
  t.equal(emit(openRecord(), 'first'), undefined)
  const payment = openRecord()
  payment.DB = 'payments'
  t.match(emit(payment, 'first'), { code: 'MONGOWATCH_AUDIT_REFUSED' })
})
