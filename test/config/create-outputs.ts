import t from 'tap'
import { createOutputs } from '../../src/config/create-outputs.ts'
import { settingsFrom } from '../../src/config/load-settings.ts'

t.test('a watcher works only when somebody takes its records', async t => {
  const filename = `${t.testdir()}/audit.jsonl`
  const loaded = settingsFrom({
    version: 1,
    handlers: { audit: { class: 'file', filename } },
    watchers: { session: { enabled: false } },
    loggers: {
      mongowatch: { handlers: ['audit'] },
      'mongowatch.client': { level: 'off' },
    },
  })
  t.same(loaded.problems, [])
  const { rules, handlers } = createOutputs(loaded)
  for (const handler of handlers.values()) handler.close()
  t.equal(rules.collection.enabled, true)
  t.equal(rules.client.enabled, false, 'by its logger')
  t.equal(rules.session.enabled, false, 'by itself')
})
