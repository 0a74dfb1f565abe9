import t from 'tap'
import { commandLine } from '../../fixtures/command-line.ts'

const check = (cwd: string, ...args: string[]) =>
  commandLine('mongowatch', ['check-config', ...args], { cwd })

t.test('a right file is exit code 0', async t => {
  const cwd = t.testdir({ 'a.yaml': 'version: 1\n' })
  t.same(await check(cwd, 'a.yaml'), {
    code: 0,
    stdout: 'a.yaml: no mistakes\n',
    stderr: '',
  })
})

t.test('mistakes are said with their places, and are exit code 1', async t => {
  const cwd = t.testdir({ 'a.yaml': 'version: 1\nhandler: {}\n' })
  const { code, stdout, stderr } = await check(cwd, 'a.yaml')
  t.equal(code, 1)
  t.equal(stderr, '')
  t.match(stdout, /^a\.yaml:2:1: Unknown key "handler"/)
  t.match(stdout, /\n1 mistake\n$/)
})

t.test('a file that is not there is a mistake', async t => {
  t.equal((await check(t.testdir({}), 'none.yaml')).code, 1)
})

t.test('without a file, what a program here would read', async t => {
  const cwd = t.testdir({ 'mongowatch.yaml': 'version: 2\n' })
  const { code, stdout } = await check(cwd)
  t.equal(code, 1)
  t.match(stdout, 'mongowatch.yaml:1:')
})

t.test('standard input is checked like a file, also over one', async t => {
  const cwd = t.testdir({ 'a.yaml': 'version: 1\nhandler: {}\n' })
  const input = 'version: 1\nreload: yes\n'
  const args = ['check-config', 'a.yaml', '-']
  const { code, stdout } = await commandLine('mongowatch', args, { cwd, input })
  t.equal(code, 1)
  t.match(stdout, /^a\.yaml:2:1: Unknown key "handler"/)
  t.match(stdout, /\nstandard input:2:9: Expected true or false, got "yes"/)
  t.match(stdout, /\n2 mistakes\n$/)
})
