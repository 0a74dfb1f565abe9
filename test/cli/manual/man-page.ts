import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { manPage } from '../../../src/cli/manual/man-page.ts'
import { PROGRAMS } from '../../../src/cli/programs.ts'
import { runFile } from '../../fixtures/command-line.ts'
import { unlessInstalled } from '../../fixtures/has-program.ts'
import { TREE } from '../../fixtures/program.ts'

const DAY = new Date('2026-01-31T12:00:00Z')

/** Formats a page as man(1) does, every warning on. */
function groff(page: string) {
  const args = ['-man', '-Tutf8', '-ww', '-P-cbou']
  return runFile('groff', args, { input: page })
}

t.test('a manual page shows its text unchanged', async t => {
  const { stdout, stderr } = await groff(manPage(TREE, '1.2.3', DAY))
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
    '2026-01-31',
    'tree 1.2.3',
  ]) {
    t.ok(stdout.includes(text.replace('tree 1.2.3', 'mongowatch 1.2.3')), text)
  }
})

t.test('the manual pages have no mistake that groff knows', async t => {
  for (const program of Object.values(PROGRAMS)) {
    const { code, stderr } = await groff(manPage(program, '0.0.0', DAY))
    t.same({ code, stderr }, { code: 0, stderr: '' }, program.name)
  }
})

t.test('examples have a heading, also those of many commands', async t => {
  const { stdout } = await groff(manPage(TREE, '1.2.3', DAY))
  const headings: string[] = stdout.match(/^[A-Z][A-Z ]+$/gm) ?? []
  t.equal(headings.at(headings.indexOf('COMMANDS') + 1), 'EXAMPLES')
  t.ok(stdout.indexOf("tree cut '*.oak'") > stdout.indexOf('EXAMPLES'))
})

/** Writes every page into a folder: file and program. */
function pages(dir: string) {
  return [TREE, ...Object.values(PROGRAMS)].map(program => {
    const file = join(dir, `${program.name}.1`)
    writeFileSync(file, manPage(program, '1.2.3', DAY))
    return { file, program }
  })
}

const without = (name: string) => ({ skip: unlessInstalled(name) })

t.test('mandoc has no warning for them', without('mandoc'), async t => {
  for (const { file } of pages(t.testdir({}))) {
    const { stdout } = await runFile('mandoc', ['-Tlint', '-Wwarning', file])
    t.equal(stdout, '')
  }
})

t.test('apropos finds name and summary', without('lexgrog'), async t => {
  for (const { file, program } of pages(t.testdir({}))) {
    const { stdout } = await runFile('lexgrog', [file])
    t.match(stdout, `"${program.name} - ${program.summary}"`)
  }
})
