// Filters run in the order given: what that means for what is hidden.
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import {
  createFilter,
  type FilterSettings,
} from '../../src/filters/create-filter.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const TAKE: FilterSettings = {
  fields: {
    add: { Tenant: 'Filter.tenant' },
    rename: { Options: 'Settings' },
    drop: ['Server'],
  },
}
const MASK: FilterSettings = { mask: { fields: ['Filter', 'Options'] } }
const REDACT: FilterSettings = {
  redact: { rules: [{ detect: ['email'], action: 'type' }] },
}

function through(...stack: FilterSettings[]): AuditRecord | false {
  let current: AuditRecord | false = auditRecord({
    Filter: { tenant: 'acme', email: 'alice@example.org' },
    Options: { comment: 'for bob@example.org' },
    Server: 'db:27017',
  })
  for (const settings of stack) {
    if (current === false) return false
    current = createFilter('f', settings, { clock: systemClock }).apply(current)
  }
  return current
}

t.test('what fields took before mask stays as it was', async t => {
  t.match(through(TAKE, MASK), {
    Tenant: 'acme',
    Settings: { comment: 'for bob@example.org' },
    Filter: { tenant: 'xxxx', email: 'x'.repeat(17) },
    Server: undefined,
  })
})

t.test('what it takes after mask is masked', async t => {
  t.match(through(MASK, TAKE), {
    Tenant: 'xxxx',
    Settings: { comment: 'x'.repeat(19) },
    Filter: { tenant: 'xxxx', email: 'x'.repeat(17) },
  })
})

t.test('redact reaches it in both orders', async t => {
  for (const stack of [
    [TAKE, REDACT],
    [REDACT, TAKE],
  ])
    t.notMatch(JSON.stringify(through(...stack)), /example\.org/)
})
