import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import {
  callNested,
  callNestedAsync,
  callOutside,
  isNested,
} from '../../src/watchers/nesting.ts'

t.test('a call is inner only while the outer one runs', async t => {
  t.equal(isNested(), false)
  t.equal(callNested(isNested, undefined, []), true)
  t.equal(isNested(), false)
})

t.test('an error ends the outer call as well', async t => {
  t.throws(() =>
    callNested(
      () => {
        throw new Error('x')
      },
      undefined,
      [],
    ),
  )
  t.equal(isNested(), false)
})

t.test('calls started in one turn do not see each other', async t => {
  const seen: boolean[] = []
  const method = async () => {
    await turn()
    seen.push(isNested())
  }
  await Promise.all(
    Array.from({ length: 20 }, () => callNested(method, undefined, [])),
  )
  t.same(new Set(seen), new Set([false]))
})

t.test('what follows the awaits of an awaiting call is inner', async t => {
  const method = async () => {
    await turn()
    return isNested()
  }
  const outside = turn().then(isNested)
  t.equal(await callNestedAsync(method, undefined, []), true)
  t.equal(await outside, false, 'not that of others at the same time')
  t.equal(isNested(), false)
})

t.test('a callback of the application is outside again', async t => {
  const callback = () => isNested()
  t.equal(
    callNested(() => callOutside(callback, undefined, []), undefined, []),
    false,
  )
  const late = async () => {
    await turn()
    return callOutside(callback, undefined, [])
  }
  t.equal(await callNestedAsync(late, undefined, []), false)
})

t.test('an awaiting call with a callback is inner until that', async t => {
  const seen: boolean[] = []
  await new Promise<void>(resolve => {
    const method = (callback: () => void) => {
      turn()
        .then(() => seen.push(isNested()))
        .then(callback)
    }
    const callback = () => {
      seen.push(isNested(), Boolean(callOutside(isNested, undefined, [])))
      resolve()
    }
    callNestedAsync(method, undefined, [callback])
  })
  t.same(seen, [true, true, false])
  await turn()
  t.equal(isNested(), false)
})
