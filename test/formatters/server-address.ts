import t from 'tap'
import { parseServer } from '../../src/formatters/server-address.ts'

t.test('the first host of the list, with its port', async t => {
  t.same(parseServer('db1:27017,db2:27018'), { host: 'db1', port: 27017 })
  t.same(parseServer('[::1]:27017'), { host: '::1', port: 27017 })
})

t.test('an SRV name and a socket have no port', async t => {
  t.same(parseServer('cluster.example.com'), {
    host: 'cluster.example.com',
    port: undefined,
  })
  t.same(parseServer('/tmp/mongodb-27017.sock'), {
    host: '/tmp/mongodb-27017.sock',
    port: undefined,
  })
})

t.test('nothing and anything else', async t => {
  t.equal(parseServer(undefined), undefined)
  t.equal(parseServer(''), undefined)
  t.equal(parseServer({ $omitted: 'x' }), undefined)
})
