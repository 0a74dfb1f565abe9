import t from 'tap'
import { DEFAULT_LIMITS } from '../../src/record/limits.ts'
import { compileRule } from '../../src/watchers/field-rules.ts'
import type { FieldRule } from '../../src/watchers/watcher-settings.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

/** A record after the rule has put the argument `own` into it. */
function put(rule: FieldRule, own: string, value: unknown) {
  const record = auditRecord()
  compileRule(rule, own)(record, value, DEFAULT_LIMITS)
  return record
}

t.test('an argument goes to the field that its rule names', async t => {
  t.same(put({ to: 'Filter' }, 'selector', { a: 1 }).Filter, { a: 1 })
  t.equal(
    put({ to: 'InsertedCount', cast: 'length' }, 'docs', [1, 2]).InsertedCount,
    2,
  )
  t.equal(put({ to: null }, 'selector', 1).Options, undefined)
})

t.test('without a field it is an option under its own name', async t => {
  t.same(put({}, 'verbosity', 'full').Options, { verbosity: 'full' })
})

t.test('an argument that is a secret is masked, whatever the rule', async t => {
  t.same(put({}, 'password', 'hunter2').Options, { password: '***' })
  t.equal(put({ to: 'Filter' }, 'password', 'hunter2').Filter, '***')
  t.equal(put({ to: 'AppName' }, 'password', 'hunter2').AppName, '***')
  t.same(put({ to: 'token' }, 'name', 'hunter2').Options, { token: '***' })
})
