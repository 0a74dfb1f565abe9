import {
  appendFileSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Follower } from '../../../src/cli/tail/follower.ts'

function follow(t: Test, text?: string) {
  const file = join(t.testdir({}), 'audit.jsonl')
  if (text !== undefined) writeFileSync(file, text)
  const lines: string[] = []
  const onLine = (line: string) => lines.push(line)
  const follower =
    text === undefined
      ? new Follower(file, onLine)
      : new Follower(file, onLine, openSync(file, 'r'), Buffer.byteLength(text))
  const taken = () => {
    follower.poll()
    return lines.splice(0)
  }
  return { file, taken }
}

t.test('whole lines, each once', async t => {
  const { file, taken } = follow(t, 'old\n')
  t.same(taken(), [])
  appendFileSync(file, 'a\nb\nc')
  t.same(taken(), ['a', 'b'])
  appendFileSync(file, 'd\n\n')
  t.same(taken(), ['cd', ''])
  t.same(taken(), [])
})

t.test('a character that comes in two parts stays whole', async t => {
  const { file, taken } = follow(t, '')
  const bytes = Buffer.from('é\n')
  appendFileSync(file, bytes.subarray(0, 1))
  t.same(taken(), [])
  appendFileSync(file, bytes.subarray(1))
  t.same(taken(), ['é'])
})

t.test('rotation loses nothing', async t => {
  const { file, taken } = follow(t, 'old\n')
  appendFileSync(file, 'before\n')
  renameSync(file, `${file}.1`)
  appendFileSync(`${file}.1`, 'after\nlast without end')
  t.same(taken(), ['before', 'after'])
  writeFileSync(file, 'new\n')
  t.same(taken(), ['last without end', 'new'])
  appendFileSync(file, 'newer\n')
  t.same(taken(), ['newer'])
})

t.test('a file that is cut begins again', async t => {
  const { file, taken } = follow(t, 'a long line\n')
  truncateSync(file, 0)
  appendFileSync(file, 'x\n')
  t.same(taken(), ['x'])
})

t.test('a file that is not there yet, or for a while', async t => {
  const { file, taken } = follow(t)
  t.same(taken(), [])
  writeFileSync(file, 'a\n')
  t.same(taken(), ['a'])
  rmSync(file)
  t.same(taken(), [])
  writeFileSync(file, 'b\n')
  t.same(taken(), ['b'])
})
