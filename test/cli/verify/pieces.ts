import t from 'tap'
import { Pieces } from '../../../src/cli/verify/pieces.ts'

const PLACE = { file: 'audit.jsonl', line: 1 }
const CHAIN = ',"Chain":"0123456789abcdef'

function isWrittenAgain(piece: string, line: string): boolean {
  const pieces = new Pieces()
  pieces.add(Buffer.from(piece), PLACE)
  pieces.look(Buffer.from(line))
  return pieces.left.length === 0
}

t.test('a piece is done with when its whole line has come', t => {
  const line = `{"a":"b"${CHAIN}.7@300","PrevHash":"00"}`
  t.ok(isWrittenAgain('{"a":', line))
  t.notOk(isWrittenAgain('{"b":', line))
  t.end()
})

t.test('at another place of the file, where others wrote in between', t => {
  const line = `{"a":"b"${CHAIN}.7@300","PrevHash":"00"}`
  t.ok(isWrittenAgain(`{"a":"b"${CHAIN}.7@12","Prev`, line))
  t.notOk(isWrittenAgain(`{"a":"b"${CHAIN}.8@12","Prev`, line))
  // the first line of a write has a place, others have none
  t.ok(isWrittenAgain(`{"a":"b"${CHAIN}.7","PrevHash":"11`, line))
  t.notOk(isWrittenAgain(`{"a":"b"${CHAIN}.8","PrevHash":"11`, line))
  t.end()
})

t.test('a line about the chain itself, later', t => {
  const seal = (second: number) =>
    `{"Operation":"$seal","StartTime":"2026-11-25T01:02:0${second}.000Z","Host":"h"}`
  t.ok(isWrittenAgain(seal(1).slice(0, 70), seal(2)))
  t.notOk(isWrittenAgain(seal(1).slice(0, 70), seal(2).replace('seal', 'end')))
  t.end()
})
