import t from 'tap'
import { Patches } from '../../src/watchers/patches.ts'

class Driver {
  async findOne(filter: unknown, _options?: unknown): Promise<unknown> {
    return filter
  }
  count(): number {
    return 1
  }
}

const wrap =
  (original: (...args: unknown[]) => unknown) =>
  (...args: unknown[]): unknown[] => ['wrapped', original(...args)]

t.test('a replaced method looks like the original', async t => {
  const before = Object.getOwnPropertyDescriptor(Driver.prototype, 'findOne')
  const patches = new Patches()
  t.equal(patches.replace(Driver.prototype, 'findOne', wrap), true)
  const after = Object.getOwnPropertyDescriptor(Driver.prototype, 'findOne')
  t.not(after?.value, before?.value)
  for (const key of ['writable', 'enumerable', 'configurable'] as const) {
    t.equal(after?.[key], before?.[key], key)
  }
  t.equal(after?.value.name, 'findOne')
  t.equal(after?.value.length, before?.value.length)
  t.equal(
    Object.prototype.toString.call(after?.value),
    Object.prototype.toString.call(before?.value),
  )
  patches.undo()
  t.equal(
    Object.getOwnPropertyDescriptor(Driver.prototype, 'findOne')?.value,
    before?.value,
  )
})

t.test('a replaced generator keeps the prototype of its objects', async t => {
  class Cursor {
    async *read(): AsyncGenerator<number> {
      yield 1
    }
  }
  const before = Object.getOwnPropertyDescriptors(Cursor.prototype.read)
  new Patches().replace(Cursor.prototype, 'read', wrap)
  t.same(Object.getOwnPropertyDescriptors(Cursor.prototype.read), before)
})

t.test('what is not there is not replaced', async t => {
  t.equal(new Patches().replace(Driver.prototype, 'aggregate', wrap), false)
  t.equal(Object.hasOwn(Driver.prototype, 'aggregate'), false)
})

t.test('undo leaves what somebody else put over it', async t => {
  const patches = new Patches()
  const original = Driver.prototype.count
  t.teardown(() => {
    Driver.prototype.count = original
  })
  patches.replace(Driver.prototype, 'count', wrap)
  const theirs = () => 2
  Driver.prototype.count = theirs
  patches.undo()
  t.equal(Driver.prototype.count, theirs)
})

t.test('a class is marked once, and nobody sees the mark', async t => {
  const before = Reflect.ownKeys(Driver.prototype)
  const patches = new Patches()
  t.equal(patches.mark(Driver.prototype), true)
  t.equal(new Patches().mark(Driver.prototype), false)
  t.same(Reflect.ownKeys(Driver.prototype), before)
  patches.undo()
  t.equal(new Patches().mark(Driver.prototype), true)
})
