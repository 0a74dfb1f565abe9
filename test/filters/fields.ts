import t from 'tap'
import { createFields } from '../../src/filters/fields.ts'
import { createJsonFormatter } from '../../src/formatters/json.ts'
import { auditRecord, deepFreeze } from '../fixtures/audit-record.ts'

const record = deepFreeze(
  auditRecord({
    Server: 'db:27017',
    DBUser: 'alice',
    Filter: { tenant: { $oid: 'ab' }, 'user.name': 'Al', tags: ['x', 'y'] },
  }),
)

t.test('fields are added, renamed and dropped', async t => {
  const filter = createFields({
    add: {
      Tenant: 'Filter.tenant',
      Name: 'Filter.user.name',
      Tag: 'Filter.tags.1',
      None: 'Filter.nowhere',
    },
    constant: { Environment: 'production', Actor: { service: 'shop' } },
    rename: { DBUser: 'User' },
    drop: ['Server', 'Filter'],
  })
  const changed = filter.apply(record) || record
  t.match(changed, {
    Tenant: { $oid: 'ab' },
    Name: 'Al',
    Tag: 'y',
    Environment: 'production',
    Actor: { service: 'shop' },
    User: 'alice',
    DBUser: undefined,
    Server: undefined,
    Filter: undefined,
  })
  t.notOk('None' in changed)
})

t.test('what is added is written after all other fields', async t => {
  const filter = createFields({ constant: { Environment: 'production' } })
  const line = createJsonFormatter().format(filter.apply(record) || record)
  t.match(line, /,"Environment":"production"}$/)
})

t.test('what gives a record its meaning cannot be changed', async t => {
  t.throws(
    () => createFields({ drop: ['WatchID'] }),
    /WatchID cannot be missing/,
  )
  t.throws(
    () => createFields({ rename: { Operation: 'Op' } }),
    /Operation cannot be missing/,
  )
  t.throws(
    () => createFields({ constant: { DB: 'x' } }),
    /DB has a meaning of its own; only Actor and Request/,
  )
  t.throws(
    () => createFields({ rename: { DB: 'Collection' } }),
    /Collection has a meaning/,
  )
})

t.test('a name that is none is an error', async t => {
  t.throws(() => createFields({ drop: ['Serve'] }), /"Serve" is not a field/)
  t.throws(
    () => createFields({ add: { A: 'Fliter.a' } }),
    /"Fliter" is not a field/,
  )
  for (const name of ['_private', '__proto__', 'constructor', 'a b', '']) {
    t.throws(
      () => createFields({ constant: { [name]: 1 } }),
      /cannot be a field/,
      name,
    )
  }
})
