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

t.test('a name that is far from all finds none', async t => {
  for (const typed of ['colour', 'x', '', 'y'.repeat(1000)])
    t.equal(nearestName(typed, KEYS), undefined)
})
