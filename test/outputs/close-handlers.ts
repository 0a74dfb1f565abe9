import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import {
  closeHandlers,
  handlerStats,
} from '../../src/outputs/close-handlers.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'

t.test('receivers that hang are waited for side by side', async t => {
  const server = createServer(socket => socket.on('error', () => {}))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const filename = join(t.testdir(), 'audit.jsonl')
  const hanging = { class: 'otlp', endpoint: `http://127.0.0.1:${port}` }
  const { handlers, router, problems } = setUpOutputs({
    one: entry(hanging),
    two: entry(hanging),
    three: entry(hanging),
    file: entry({ class: 'file', filename }),
  })
  t.same(problems, [])
  for (let i = 0; i < 10; i++) router.emit(finalRecord(), 'final')
  closeHandlers(handlers, router)
  const drops = readFileSync(filename, 'utf8')
    .split('\n')
    .filter(line => line.includes('"$drop"'))
    .map(line => JSON.parse(line).Options)
  t.match(
    drops,
    ['one', 'two', 'three'].map(handler => ({ handler, count: 10 })),
    'none of them was given what the others lost',
  )
})

t.test('of very many handlers those with losses are named', async t => {
  const counted = new Map(
    Array.from({ length: 60 }, (_, i) => {
      const stats = { received: 3, written: 2, lost: i === 59 ? 1 : 0 }
      return [`h${i}`, { stats }]
    }),
  )
  const stats = handlerStats(counted)
  t.equal(Object.keys(stats).length, 51)
  t.same(stats.h59, { received: 3, written: 2, lost: 1 })
  t.same(stats['(10 others)'], { received: 30, written: 20, lost: 0 })
  counted.delete('h59')
  const few = new Map([...counted].slice(0, 50))
  t.same(Object.keys(handlerStats(few)), [...few.keys()])
})
