import t from 'tap'
import { nearestName } from '../../src/config/nearest.ts'

const KEYS = ['max_bytes', 'max_age', 'backup_count', 'mode', 'filename']

t.test('a slip of the finger finds its name', async t => {
  for (const [typed, meant] of [
    ['max_byte', 'max_bytes'],
    ['maxBytes', 'max_bytes'],
    ['MAX-BYTES', 'max_bytes'],
    ['mdoe', 'mode'],
    ['backupcount', 'backup_count'],
    ['filenmae', 'filename'],
  ] as const)
    t.equal(nearestName(typed, KEYS), meant)
})

t.test('so does a name that is short, or says more', async t => {
  const casts = ['length', 'one_if_not_null', 'one_if_true', 'string']
  t.equal(nearestName('one_if_nul', casts), 'one_if_not_null')
  t.equal(nearestName('backup', KEYS), 'backup_count')
  t.equal(nearestName('filename_of_it', KEYS), 'filename')
  t.equal(nearestName('max', KEYS), undefined, 'too short to be one')
})

t.test('a name that is far from all finds none', async t => {
  for (const typed of ['colour', 'x', '', 'y'.repeat(1000)])
    t.equal(nearestName(typed, KEYS), undefined)
})
