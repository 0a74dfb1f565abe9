import t from 'tap'
import { Pieces } from '../../../src/cli/verify/pieces.ts'

const PLACE = { file: 'audit.jsonl', line: 1 }
const CHAIN = ',"Chain":"0123456789abcdef'

const SEAL = {
  writer: '0123456789abcdef',
  number: 7,
  at: undefined,
  previous: '',
  hash: '',
}

function isWrittenAgain(piece: string, line: string, last = 6): boolean {
  const pieces = new Pieces()
  pieces.add(Buffer.from(piece), PLACE, new Map([[SEAL.writer, last]]))
  pieces.look(Buffer.from(line), SEAL)
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

t.test('a line about the chain with other contents is none', t => {
  const end = '{"Operation":"$end","StartTime":"2026-11-25T01:02:03.000Z",'
  const rest = '"Host":"h","PID":7,"Thread":0,"Options":{"file":"00","size":12'
  const line = `${end}${rest}3,"hash":null}${CHAIN}.7","PrevHash":"00"}`
  t.ok(isWrittenAgain(`${end}${rest}`, line))
  t.ok(isWrittenAgain(`${end}"Host":"h","PID":7,"Thr`, line))
  t.notOk(isWrittenAgain('{"Operation":"$end"         ', line))
  t.notOk(isWrittenAgain(`${end}"Host":"h","PID":8,"Thr`, line))
  t.notOk(isWrittenAgain(`${end}${rest}        `, line))
  t.end()
})

t.test('a line that is not what its writer wrote next is none', t => {
  const line = `{"a":"b"${CHAIN}.7","PrevHash":"00"}`
  t.ok(isWrittenAgain('{"a":', line, 4), 'a file was entered, a loss told')
  t.notOk(isWrittenAgain('{"a":', line, 3))
  t.end()
})
