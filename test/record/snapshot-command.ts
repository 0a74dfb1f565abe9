import t from 'tap'
import { snapshotCommand } from '../../src/record/snapshot-command.ts'

const text = (command: unknown) => JSON.stringify(snapshotCommand(command))

t.test('of commands about credentials only the name is shown', async t => {
  for (const name of [
    'authenticate',
    'saslStart',
    'saslContinue',
    'getnonce',
    'createUser',
    'updateUser',
    'copydb',
    'copydbgetnonce',
    'CREATEUSER',
  ]) {
    t.equal(text({ [name]: 'bob', x: 'hunter2' }), `{"${name}":"***"}`)
  }
  t.equal(text(new Map([['createUser', 'bob']])), '{"createUser":"***"}')
})

t.test('a handshake is masked when it carries credentials', async t => {
  t.equal(text({ hello: 1 }), '{"hello":1}')
  for (const name of ['hello', 'isMaster', 'ismaster']) {
    t.equal(
      text({ [name]: 1, speculativeAuthenticate: { payload: 'x' } }),
      `{"${name}":"***"}`,
    )
  }
})

t.test('any other command is copied like a filter', async t => {
  t.equal(text({ ping: 1 }), '{"ping":1}')
  t.equal(
    text({ find: 'a', filter: { pwd: 'x' } }),
    '{"find":"a","filter":{"pwd":"***"}}',
  )
  t.equal(text('ping'), '"ping"')
  t.equal(text(new Proxy({}, {})), '{"$omitted":"proxy"}')
})
