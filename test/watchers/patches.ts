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

class Stream {
  emit(event: string): string {
    return `emitted ${event}`
  }
}
class Upload extends Stream {
  write(): string {
    return this.emit('drain')
  }
}

const shout = (inherited: (...args: unknown[]) => unknown) =>
  function (this: unknown, ...args: unknown[]): unknown {
    return `${Reflect.apply(inherited, this, args)}!`
  }

t.test('methods are put between a class and its parent', async t => {
  const patches = new Patches()
  const keysOf = (object: object) => Reflect.ownKeys(object)
  const before = [keysOf(Upload.prototype), keysOf(Stream.prototype)]
  const upload = new Upload()
  t.strictSame(patches.interpose(Upload.prototype, { emit: shout }), ['emit'])
  t.equal(upload.write(), 'emitted drain!', 'also for what exists already')
  t.equal(new Stream().emit('drain'), 'emitted drain', 'not for the parent')
  t.strictSame([keysOf(Upload.prototype), keysOf(Stream.prototype)], before)
  t.strictSame(keysOf(upload), [])
  t.ok(upload instanceof Stream)
  t.equal(upload.emit.name, 'emit')
  t.equal(upload.emit.length, Stream.prototype.emit.length)
  patches.undo()
  t.equal(upload.write(), 'emitted drain')
  t.equal(Object.getPrototypeOf(Upload.prototype), Stream.prototype)
})

t.test('what others do to the parent or the class later holds', async t => {
  const original = Stream.prototype.emit
  const patches = new Patches()
  t.teardown(() => {
    Stream.prototype.emit = original
    Reflect.deleteProperty(Upload.prototype, 'emit')
    patches.undo()
  })
  patches.interpose(Upload.prototype, { emit: shout })
  Stream.prototype.emit = () => 'replaced'
  t.equal(new Upload().emit('drain'), 'replaced!', 'the parent’s is asked now')
  Upload.prototype.emit = () => 'own'
  t.equal(new Upload().emit('drain'), 'own')
})

t.test('nothing is put between when the parent lacks a method', async t => {
  const patches = new Patches()
  const names = patches.interpose(Upload.prototype, { emit: shout, end: shout })
  t.strictSame(names, [])
  t.equal(Object.getPrototypeOf(Upload.prototype), Stream.prototype)
  t.strictSame(patches.interpose(Object.create(null), { emit: shout }), [])
})

t.test('undo leaves what somebody else put between', async t => {
  class Download extends Stream {}
  const patches = new Patches()
  patches.interpose(Download.prototype, { emit: shout })
  const theirs = Object.create(Object.getPrototypeOf(Download.prototype))
  Object.setPrototypeOf(Download.prototype, theirs)
  patches.undo()
  t.equal(Object.getPrototypeOf(Download.prototype), theirs)
  t.equal(new Download().emit('end'), 'emitted end!', 'and it still works')
})
