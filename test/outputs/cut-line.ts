import t from 'tap'
import { cutLine } from '../../src/outputs/cut-line.ts'

t.test('a line that fits is not changed', async t => {
  t.equal(cutLine('x'.repeat(100), 100), 'x'.repeat(100))
  t.equal(cutLine('ä'.repeat(50), 100), 'ä'.repeat(50))
})

t.test('a longer one is cut and says how many bytes went', async t => {
  const cut = cutLine('x'.repeat(101), 100)
  t.equal(cut.length, 99)
  t.equal(cut, `${'x'.repeat(84)} [cut 17 bytes]`)
})

t.test('no character is cut in two', async t => {
  for (const text of ['ä', '€', '😀']) {
    for (let longest = 95; longest < 100; longest++) {
      const cut = cutLine(text.repeat(100), longest)
      t.ok(Buffer.byteLength(cut) <= longest)
      t.match(cut, new RegExp(`^(${text})+ \\[cut \\d+ bytes\\]$`))
    }
  }
})
