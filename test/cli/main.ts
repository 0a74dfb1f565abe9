import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { processIo } from '../../src/cli/io.ts'
import { runProgram } from '../../src/cli/main.ts'
import { PROGRAMS } from '../../src/cli/programs.ts'
import { commandLine, runFile } from '../fixtures/command-line.ts'

const manifest = JSON.parse(
  readFileSync(resolve(__dirname, '../../package.json'), 'utf8'),
)

t.test('every executable says its version and its help', async t => {
  for (const name of Object.keys(PROGRAMS)) {
    const version = await commandLine(name, ['--version'])
    t.same(version, {
      code: 0,
      stdout: `${name} ${manifest.version}\n`,
      stderr: '',
    })
    const help = await commandLine(name, ['--help'])
    t.equal(help.code, 0)
    t.match(help.stdout, `Usage: ${name}`)
    t.equal(help.stderr, '')
  }
})

t.test('every executable and its manual page is in package.json', async t => {
  const names = Object.keys(PROGRAMS)
  t.same(Object.keys(manifest.bin), names)
  t.same(
    manifest.man,
    names.map(name => `./dist/man/${name}.1`),
  )
})

t.test('every command says its help', async t => {
  for (const program of Object.values(PROGRAMS)) {
    for (const { name, summary } of program.commands) {
      t.match((await commandLine(program.name, ['--help'])).stdout, summary)
      const { code, stdout } = await commandLine(program.name, [name, '-h'])
      t.equal(code, 0)
      t.match(stdout, `Usage: ${program.name} ${name} [options]`)
    }
  }
})

t.test('wrong usage is exit code 2 and two lines', async t => {
  t.same(await commandLine('mongowatch', []), {
    code: 2,
    stdout: '',
    stderr: 'mongowatch: A command is missing\nTry: mongowatch --help\n',
  })
  t.equal(
    (await commandLine('mongowatch', ['complet'])).stderr,
    'mongowatch: Unknown command "complet"; did you mean completion?\nTry: mongowatch --help\n',
  )
  t.equal(
    (await commandLine('mongowatch', ['completion', '--shel'])).stderr,
    'mongowatch: Unknown option --shel\nTry: mongowatch completion --help\n',
  )
})

t.test('the reader of the output may leave early', async t => {
  const bin = resolve(__dirname, '../../bin/mongowatch.js')
  const line = `"${process.execPath}" "${bin}" completion bash | true; exit \${PIPESTATUS[0]}`
  const { code, stderr } = await runFile('bash', ['-c', line])
  t.same({ code, stderr }, { code: 0, stderr: '' })
})

t.test('an error of ours says so', async t => {
  const lines: string[] = []
  const command = {
    name: 'broken',
    summary: 'fails',
    description: [],
    options: {},
    args: [],
    examples: [],
    load: async () => ({ run: () => Promise.reject(new TypeError('oops')) }),
  }
  const program = {
    name: 'x',
    summary: '',
    description: [],
    commands: [command],
    files: [],
    environment: [],
  }
  const stderr = new PassThrough()
  stderr.on('data', chunk => lines.push(`${chunk}`))
  const code = await runProgram(program, ['broken'], { ...processIo(), stderr })
  t.equal(code, 1)
  t.match(
    lines.join(''),
    /^x: an error of mongowatch itself.*\nTypeError: oops\n +at /,
  )
})
