import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { trailIn, writeChained } from '../../fixtures/chained-files.ts'
import { commandLine } from '../../fixtures/command-line.ts'

const KEY = 'sixteen bytes or more'

function verify(...args: string[]) {
  return commandLine('mongowatch', ['verify', ...args])
}

t.test('an intact file: exit code 0, and how much it is', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  await writeChained({ filename, count: 10, options: { integrity: 'chain' } })
  t.same(await verify(filename), {
    code: 0,
    stdout: 'intact: 1 file, 13 lines, 1 writer\n',
    stderr: '',
  })
  const quiet = await verify('-q', filename)
  t.same(quiet, { code: 0, stdout: '', stderr: '' })
})

t.test('an edited record: exit code 1, with its line and Seq', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  await writeChained({ filename, count: 10, options: { integrity: 'chain' } })
  const lines = readFileSync(filename, 'utf8').split('\n')
  lines[6] = String(lines[6]).replace('insertOne', 'insertOnE')
  writeFileSync(filename, lines.join('\n'))
  const { code, stdout, stderr } = await verify(filename)
  t.equal(code, 1)
  t.equal(stderr, '')
  t.match(
    stdout,
    /audit\.jsonl:7: edited: .* \(writer [0-9a-f]{16}, its line 6, Seq 5\)\n$/,
  )
})

t.test(
  'a removed, a moved, an added and a cut record are told apart',
  async t => {
    const filename = join(t.testdir(), 'audit.jsonl')
    await writeChained({ filename, count: 10, options: { integrity: 'chain' } })
    const lines = readFileSync(filename, 'utf8').split('\n')
    const [header = '', enter = '', first = '', second = '', ...rest] = lines
    for (const [kind, changed] of Object.entries({
      removed: [header, enter, second, ...rest],
      reordered: [header, enter, second, first, ...rest],
      inserted: [header, enter, first, first, second, ...rest],
      edited: [header, enter, '{"Operation":"insertOne"}', first, ...rest],
      truncated: [lines.slice(0, -1).join('\n')],
    })) {
      writeFileSync(filename, changed.join('\n'))
      const { code, stdout } = await verify(filename)
      t.equal(code, 1)
      t.match(stdout, `: ${kind}: `)
    }
  },
)

t.test('with a key', async t => {
  const folder = t.testdir({ key: `${KEY}\n`, other: 'another key of hmac' })
  const filename = join(folder, 'audit.jsonl')
  const options = {
    integrity: 'hmac',
    integrity_key: `\${file:${join(folder, 'key')}}`,
  }
  await writeChained({ filename, count: 10, options })
  t.match(await verify('-k', join(folder, 'key'), filename), { code: 0 })
  const env = { AUDIT_KEY: KEY }
  const args = ['verify', '--key-env', 'AUDIT_KEY', filename]
  t.match(await commandLine('mongowatch', args, { env }), { code: 0 })

  t.match(await verify(filename), { code: 2, stderr: /written with a key/ })
  t.match(await verify('-k', join(folder, 'other'), filename), {
    code: 2,
    stderr: /written with another key/,
  })
  t.notMatch(readFileSync(filename, 'utf8'), KEY)
})

t.test('a chain is not taken for one with a key', async t => {
  const folder = t.testdir({ key: KEY })
  const filename = join(folder, 'audit.jsonl')
  await writeChained({ filename, count: 10, options: { integrity: 'chain' } })
  t.match(await verify('-k', join(folder, 'key'), filename), {
    code: 2,
    stderr: /written without a key/,
  })
})

t.test('what cannot be read, or is no trail', async t => {
  const folder = t.testdir({ 'plain.jsonl': '{"Operation":"find"}\n' })
  t.match(await verify(), { code: 2, stderr: /FILE/ })
  t.match(await verify(join(folder, 'none')), {
    code: 2,
    stderr: /none: no such file/,
  })
  t.match(await verify(join(folder, 'plain.jsonl')), {
    code: 1,
    stdout: /plain\.jsonl:1: removed: the header is missing/,
  })
})

t.test('what a writer leaves that was stopped in a line is a note', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { integrity: 'chain' }
  await writeChained({ filename, count: 10, options })
  const lines = readFileSync(filename, 'utf8').split('\n')
  const kept = lines.slice(0, 8)
  writeFileSync(filename, `${kept.join('\n')}\n${lines[8]?.slice(0, 80)}`)
  await writeChained({ filename, count: 10, options })
  const { code, stdout } = await verify(filename)
  t.equal(code, 0)
  t.match(stdout, /audit\.jsonl:9: a piece of a line, left by a writer that/)
  t.match(
    stdout,
    /audit\.jsonl:8: writer [0-9a-f]+ stops at its line 7 without/,
  )
  appendFileSync(filename, '{"Operation":"insertO\n{"Operation":"insertO\n')
  t.match(await verify(filename), { code: 1, stdout: /a piece of a line/ })
})

t.test('lines that were emptied are removed ones', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  await writeChained({ filename, count: 10, options: { integrity: 'chain' } })
  const text = readFileSync(filename, 'latin1')
  const end = text.indexOf('\n') + 1
  const rest = '\n'.repeat(text.length - end)
  writeFileSync(filename, text.slice(0, end) + rest, 'latin1')
  const { code, stdout } = await verify(filename)
  t.equal(code, 1)
  t.match(stdout, /: removed: 90 lines are empty/)
})

t.test('where there is nothing to read, nothing is called intact', async t => {
  const empty = join(t.testdir({ 'audit.jsonl': '' }), 'audit.jsonl')
  for (const path of [empty, '/dev/null']) {
    const { code, stdout, stderr } = await verify(path)
    t.equal(code, 2)
    t.equal(stdout, '')
    t.match(stderr, /no lines to verify/)
  }
})

t.test('a line behind the piece of a killed writer is known', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { integrity: 'chain' }
  await writeChained({ filename, count: 3, options })
  const whole = readFileSync(filename, 'utf8').split('\n')
  writeFileSync(filename, `${whole.slice(0, 4).join('\n')}\n`)
  await writeChained({ filename, count: 3, options })
  const lines = readFileSync(filename, 'utf8').split('\n')
  // the piece came after the next writer had looked at the end
  const piece = whole[4]?.slice(0, 90)
  const glued = lines.with(4, `${piece}${lines[4]}`).slice(0, 8)
  writeFileSync(filename, `${glued.join('\n')}\n`)
  await writeChained({ filename, count: 3, options })
  const { code, stdout } = await verify(filename)
  t.equal(code, 0, stdout)
  t.match(stdout, /audit\.jsonl:5: a piece of a line, left by a writer that/)

  const inserted = lines.with(5, `{"any":"thing"}${lines[5]}`).join('\n')
  writeFileSync(filename, inserted)
  t.match(await verify(filename), { code: 1, stdout: /jsonl:6: edited/ })
})

t.test('a file that was emptied', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const options = { integrity: 'chain', max_bytes: 3000 }
  await writeChained({ filename, count: 40, options })
  const files = trailIn(folder)
  t.match((await verify(...files)).stdout, /^intact: /)
  t.ok(files.length > 1, `${files.length} files`)
  for (const file of files.filter(each => each !== filename)) {
    const text = readFileSync(file)
    writeFileSync(file, '')
    const { code, stdout } = await verify(...files)
    t.equal(code, 1)
    t.match(stdout, 'truncated')
    writeFileSync(file, text)
  }
})
