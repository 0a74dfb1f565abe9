import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { followLines } from '../../../src/cli/demo/follow.ts'

t.test('whole lines are handed over as they come', async t => {
  const path = join(t.testdir(), 'lines')
  const lines: string[] = []
  const follower = followLines(path, line => lines.push(line))
  follower.drain()
  t.same(lines, [], 'the file need not exist yet')
  writeFileSync(path, 'one\ntw')
  follower.drain()
  t.same(lines, ['one'])
  appendFileSync(path, 'o\nthree')
  follower.drain()
  t.same(lines, ['one', 'two'])
  appendFileSync(path, '\n')
  follower.end()
  t.same(lines, ['one', 'two', 'three'])
})

t.test('lines come by themselves, also long and not in ASCII', async t => {
  const path = join(t.testdir(), 'lines')
  const long = 'ä€'.repeat(50_000)
  const lines: string[] = []
  const follower = followLines(path, line => lines.push(line))
  writeFileSync(path, `${long}\n`)
  while (lines.length === 0) await sleep(10)
  t.ok(lines[0] === long)
  follower.end()
})
