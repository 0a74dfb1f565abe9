import { spawnSync } from 'node:child_process'
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { removeStaleDrafts } from '../../src/outputs/drafts.ts'
import { openForAppend } from '../../src/outputs/open-file.ts'

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

t.test('drafts of dead processes go, those of living ones stay', t => {
  const dead = deadProcess()
  const now = Date.now()
  const minuteAgo = (now - 60_000) / 1000
  const hourAgo = (now - 3_600_000) / 1000
  const files: [name: string, at: number, stays: boolean][] = [
    [`audit.jsonl.${dead}-0a1b2c3d.tmp`, minuteAgo, false],
    [`audit.jsonl.${dead}-0a1b2c3e.tmp`, now / 1000, true],
    [`audit.jsonl.${process.pid}-0a1b2c3d.tmp`, minuteAgo, true],
    [`audit.jsonl.${process.pid}-0a1b2c3e.tmp`, hourAgo, false],
    ['audit.jsonl.20200101T000000.000Z-1.gz.tmp', minuteAgo, true],
    ['audit.jsonl.20210101T000000.000Z-1.gz.tmp', hourAgo, false],
    ['audit.jsonl.lock.4711.0', hourAgo, false],
    ['audit.jsonl.notes.tmp', hourAgo, true],
    ['audit.jsonl-of-others.sql.gz.tmp', hourAgo, true],
    ['audit.jsonl2.20210101T000000.000Z-1.gz.tmp', hourAgo, true],
    ['other.jsonl.1-0a1b2c3d.tmp', hourAgo, true],
    ['audit.jsonl', hourAgo, true],
    ['audit.jsonl.20200101T000000.000Z-1', hourAgo, true],
  ]
  const folder = t.testdir(
    Object.fromEntries(files.map(([name]) => [name, ''])),
  )
  for (const [name, at] of files) utimesSync(join(folder, name), at, at)
  removeStaleDrafts(join(folder, 'audit.jsonl'), now)
  const expected = files.filter(([, , stays]) => stays).map(([name]) => name)
  t.same(readdirSync(folder).sort(), expected.sort())
  removeStaleDrafts('/dev/full/audit.jsonl', now) // nothing to remove
  t.end()
})

t.test('a new file has its header before it has its name', t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.csv')
  const seen: string[][] = []
  const header = () => {
    seen.push(readdirSync(folder))
    return 'WatchID'
  }
  openForAppend({ filename, mode: 0o640, header })
  t.match(seen, [[/^audit\.csv\.\d+-[0-9a-f]{8}\.tmp$/]])
  t.same(readdirSync(folder), ['audit.csv'])
  writeFileSync(filename, '')
  openForAppend({ filename, mode: 0o640, header })
  t.same(seen[1], ['audit.csv', 'audit.csv.lock'], 'an empty one gets one too')
  t.end()
})
