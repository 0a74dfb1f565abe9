import t from 'tap'
import type { MongowatchConfig } from '../../src/config/config.ts'
import { createOutputs } from '../../src/config/create-outputs.ts'
import { settingsFrom } from '../../src/config/load-settings.ts'

t.test('a watcher works only when somebody takes its records', async t => {
  const filename = `${t.testdir()}/audit.jsonl`
  const config: MongowatchConfig = {
    version: 1,
    handlers: { audit: { class: 'file', filename } },
    watchers: { session: { enabled: false } },
    loggers: {
      mongowatch: { handlers: ['audit'] },
      'mongowatch.client': { level: 'off' },
    },
  }
  const rulesOf = (config: MongowatchConfig) => {
    const loaded = settingsFrom(config)
    t.same(loaded.problems, [])
    const { rules, handlers } = createOutputs(loaded)
    for (const handler of handlers.values()) handler.close()
    return rules
  }
  const rules = rulesOf(config)
  t.equal(rules.collection.enabled, true)
  t.equal(rules.client.enabled, false, 'by its logger')
  t.equal(rules.session.enabled, false, 'by itself')
  const followed = rulesOf({ ...config, reload: true })
  t.equal(followed.client.enabled, true, 'a reload may find somebody')
  t.equal(followed.session.enabled, false)
})
