import t from 'tap'
import { type Observation, SILENT } from '../../src/watchers/observation.ts'
import { wrapFactory, wrapMethod } from '../../src/watchers/wrap-method.ts'

/** Notes what an observation is told. */
function notes(refusal?: Error) {
  const told: unknown[] = []
  const observation: Observation = {
    refusal,
    awaitsFirst: false,
    succeed: result => told.push(['succeed', result]),
    fail: error => told.push(['fail', error]),
  }
  return { told, observation }
}

t.test('arguments, this and result pass unchanged', async t => {
  const { told, observation } = notes()
  const target = {}
  const method = wrapMethod(
    async function (this: unknown, ...args: unknown[]) {
      return [this, ...args]
    },
    () => observation,
  )
  const result = await method.call(target, 1, 'two')
  t.same(result, [target, 1, 'two'])
  t.equal((result as unknown[])[0], target)
  t.same(told, [['succeed', result]])
})

t.test('the same error is rejected', async t => {
  const { told, observation } = notes()
  const error = new Error('of the driver')
  const method = wrapMethod(
    async () => {
      throw error
    },
    () => observation,
  )
  t.equal(await (method() as Promise<unknown>).catch(e => e), error)
  t.same(told, [['fail', error]])
})

t.test("where nobody observes the promise is the driver's own", async t => {
  const promise = Promise.resolve(1)
  const silent = wrapMethod(
    () => promise,
    () => SILENT,
  )
  t.equal(silent(), promise)
  const { observation } = notes()
  const observed = wrapMethod(
    () => promise,
    () => observation,
  )
  t.not(observed(), promise)
})

t.test('a thrown error is thrown', async t => {
  const { told, observation } = notes()
  const error = new Error('at once')
  const method = wrapMethod(
    () => {
      throw error
    },
    () => observation,
  )
  t.throws(() => {
    method()
  }, error)
  t.same(told, [['fail', error]])
})

t.test(
  'without an observation the driver’s own promise comes back',
  async t => {
    const promise = Promise.resolve(1)
    t.equal(
      wrapMethod(
        () => promise,
        () => undefined,
      )(),
      promise,
    )
  },
)

t.test('a refused call is not made', async t => {
  const refusal = new Error('refused')
  const { observation } = notes(refusal)
  let calls = 0
  const method = wrapMethod(
    async () => calls++,
    () => observation,
  )
  t.equal(await (method() as Promise<unknown>).catch(e => e), refusal)
  const answer = await new Promise(resolve => method(resolve))
  t.equal(answer, refusal, 'a callback gets it too')
  t.equal(calls, 0)
})

t.test('a callback is called once with the same this and answer', async t => {
  const { told, observation } = notes()
  const thisOfDriver = {}
  const method = wrapMethod(
    (_filter: unknown, callback: unknown) => {
      const call = callback as (...answer: unknown[]) => void
      call.call(thisOfDriver, null, 'doc')
      return undefined
    },
    () => observation,
  )
  const calls: unknown[] = []
  const result = method({}, function (this: unknown, ...answer: unknown[]) {
    calls.push([this === thisOfDriver, ...answer])
  })
  t.equal(result, undefined)
  t.same(calls, [[true, null, 'doc']])
  t.same(told, [['succeed', 'doc']])
})

t.test('functions among the required arguments are no callbacks', async t => {
  const { told, observation } = notes()
  const map = () => 1
  const reduce = () => 2
  const method = wrapMethod(
    async (...args: unknown[]) => args,
    () => observation,
    { required: 2 },
  )
  t.same(await method(map, reduce), [map, reduce])
  t.equal(told.length, 1)
})

t.test('an async stack has no line of ours', async t => {
  const { observation } = notes()
  const deep = async () => {
    await null
    throw new Error('deep')
  }
  const method = wrapMethod(deep, () => observation)
  const application = async () => await method()
  const error: Error = await application().then(
    () => new Error('not reached'),
    e => e,
  )
  t.notMatch(error.stack, /src.watchers/)
  t.match(error.stack, /at async application/)
})

t.test('a factory tells what it throws and what it makes', async t => {
  const seen: unknown[] = []
  const error = new Error('no array')
  const observation = {
    refusal: undefined,
    made: (_target: object, args: unknown, made: unknown) =>
      seen.push([args, made]),
    fail: (_target: object, args: unknown, thrown: unknown) =>
      seen.push([args, thrown]),
  }
  const make = wrapFactory(
    pipeline => {
      if (pipeline === 'pipeline') throw error
      return 'cursor'
    },
    () => observation,
  )
  t.throws(() => make('pipeline'), error)
  t.equal(make('other'), 'cursor')
  t.same(seen, [
    [['pipeline'], error],
    [['other'], 'cursor'],
  ])
})

t.test('a factory that is refused makes nothing', async t => {
  const refusal = new Error('refused')
  const make = wrapFactory(
    () => t.fail('called'),
    () => ({ refusal, made() {}, fail() {} }),
  )
  t.throws(() => make(), refusal)
})
