import fc from 'fast-check'
import t from 'tap'
import { WATCHER_NAMES } from '../../src/config/defaults.ts'
import {
  type LoadedSettings,
  settingsFrom,
} from '../../src/config/load-settings.ts'
import { problemBlock, problemsText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'
import {
  mutatedConfig,
  mutatedText,
  SEED,
} from '../fixtures/config/mutations.ts'
import { SAMPLES } from '../fixtures/config/samples.ts'

const ENV = { NAME: 'value', NUMBER: '10' }

t.setTimeout(300_000) // half a minute of work, also on a busy machine

/** What an application needs of settings, however wrong the file was. */
function assertUsable({ settings, problems }: LoadedSettings): void {
  for (const name of WATCHER_NAMES) {
    const watcher = settings.watchers[name]
    if (!(watcher.timeoutSec > 0)) throw new Error(`${name}: no timeout`)
    if (!(watcher.limits.bytes > 0)) throw new Error(`${name}: no limit`)
    if (!Array.isArray(watcher.defaultFields)) throw new Error('no fields')
  }
  for (const handler of Object.values(settings.handlers)) {
    if ((handler.class ?? handler.module) === undefined)
      throw new Error('a handler of nothing')
    for (const filter of handler.filters)
      if (!Object.hasOwn(settings.filters, filter))
        throw new Error(`no filter ${filter}: it might have hidden something`)
  }
  for (const logger of Object.values(settings.loggers))
    for (const handler of logger.handlers)
      if (!Object.hasOwn(settings.handlers, handler))
        throw new Error(`no handler ${handler}`)
  if (problemsText(problems).length > 25_000) throw new Error('too much said')
  for (const problem of problems)
    if (problemBlock(problem).length > 3000) throw new Error('too much said')
}

t.test('7,000 configurations with mistakes leave usable settings', async t => {
  fc.assert(
    fc.property(mutatedConfig(SAMPLES), config => {
      assertUsable(settingsFrom(config, ENV))
    }),
    { numRuns: 7000, seed: SEED },
  )
  t.pass()
})

t.test('so do 3,000 texts with mistakes', async t => {
  fc.assert(
    fc.property(mutatedText(SAMPLES), text => {
      assertUsable(loadText({ path: '/etc/mongowatch.yaml', text }, ENV))
    }),
    { numRuns: 3000, seed: SEED },
  )
  t.pass()
})

t.test('and texts of anything', async t => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      assertUsable(loadText({ path: '/etc/mongowatch.yaml', text }, ENV))
    }),
    { numRuns: 500, seed: SEED },
  )
  t.pass()
})
