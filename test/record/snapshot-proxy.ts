import t from 'tap'
import { snapshot } from '../../src/record/snapshot.ts'

const text = (value: unknown) => JSON.stringify(snapshot(value))
const MARK = '{"$omitted":"proxy"}'

let runs = 0
function felt(): never {
  runs++
  throw new Error('the application felt the copy')
}

t.test('an array behind get and set is read past them', async t => {
  const traps = {
    get: function get() {
      return felt()
    },
    set: function set() {
      return felt()
    },
  }
  t.equal(text(new Proxy([], traps)), '[]')
  t.equal(text(new Proxy([1, { a: 'x' }], traps)), '[1,{"a":"x"}]')
  t.equal(
    text({ $set: { tags: new Proxy(['x'], traps) } }),
    '{"$set":{"tags":["x"]}}',
  )
  t.equal(text(new Proxy(['password', 'x'], traps)), '["password","***"]')
  t.equal(runs, 0)
})

t.test('any other trap, handler or target is not', async t => {
  const get = () => felt()
  const set = () => felt()
  const more = { get, set, getOwnPropertyDescriptor: felt }
  class List extends Array {}
  const proxies = [
    new Proxy([1], more),
    new Proxy([1], { get: felt }),
    new Proxy([1], { ...more, getOwnPropertyDescriptor: undefined as never }),
    new Proxy([1], new Proxy({ get, set }, { get: felt })),
    new Proxy([1], Object.assign(Object.create(null), { get, set })),
    new Proxy({ a: 1 }, { get, set }),
    new Proxy(new List(1), { get, set }),
    new Proxy(Object.assign([1], { extra: 1 }), { get, set }),
    new Proxy(new Proxy([1], { get, set }), { get, set }),
  ]
  for (const proxy of proxies) t.equal(text(proxy), MARK)
  const { proxy, revoke } = Proxy.revocable([1], { get, set })
  revoke()
  t.equal(text(proxy), MARK)
  t.equal(runs, 0)
})
