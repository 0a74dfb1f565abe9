import { inspect } from 'node:util'
import t from 'tap'
import { createNotes } from '../../src/watchers/notes.ts'

t.test('a note belongs to one object', async t => {
  const notes = createNotes<string>()
  const [first, second] = [{}, {}]
  notes.set(first, 'mine')
  t.equal(notes.get(first), 'mine')
  t.equal(notes.get(second), undefined)
  notes.set(first, 'newer')
  t.equal(notes.get(first), 'newer')
})

t.test('notes of two kinds do not meet', async t => {
  const [numbers, texts] = [createNotes<number>(), createNotes<string>()]
  const object = {}
  numbers.set(object, 1)
  t.equal(texts.get(object), undefined)
  texts.set(object, 'one')
  t.equal(numbers.get(object), 1)
})

t.test('nobody sees a note', async t => {
  const notes = createNotes<string>()
  const object = Object.freeze({ a: 1 })
  notes.set(object, 'secret')
  t.same(Reflect.ownKeys(object), ['a'])
  t.same(structuredClone(object), { a: 1 })
  t.equal(JSON.stringify(object), '{"a":1}')
  t.equal(inspect(object, { showHidden: true }), '{ a: 1 }')
  t.equal(notes.get({ ...object }), undefined, 'a copy has none')
  t.equal(notes.get(Object.create(object)), undefined, 'nor an heir')
})

t.test('a Proxy is an object of its own, and no trap runs', async t => {
  const notes = createNotes<string>()
  const traps = new Proxy(
    {},
    { get: (_, trap) => t.fail(`${String(trap)} was looked up`) },
  )
  const proxy = new Proxy({}, traps)
  notes.set(proxy, 'mine')
  t.equal(notes.get(proxy), 'mine')
})
