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

t.test('an option without its value is named', async t => {
  for (const [option = '', ...rest] of [
    ['-n'],
    ['-n', '-1', 'x'],
    ['--lines'],
  ]) {
    const { code, stderr } = await commandLine('mongowatch', [
      'tail',
      option,
      ...rest,
    ])
    t.equal(code, 2)
    t.match(stderr, /^mongowatch: (-n|--lines) needs a value\nTry: /)
  }
})

t.test('the reader of the output may leave early', async t => {
  const bin = resolve(__dirname, '../../bin/mongowatch.js')
  const line = `"${process.execPath}" "${bin}" completion bash | true; exit \${PIPESTATUS[0]}`
  const { code, stderr } = await runFile('bash', ['-c', line])
  t.same({ code, stderr }, { code: 0, stderr: '' })
})

/** Command lines that print something, for every program. */
const PRINTING = [
  ...Object.keys(PROGRAMS).flatMap(name => [
    `${name} --help`,
    `${name} --version`,
  ]),
  'mongowatch check-config',
  'mongowatch completion zsh',
  'mongowatch convert-config /dev/null',
  'mongowatch doctor',
  'mongowatch tail --help',
  'mongowatch tail --json lines.jsonl',
  'mongowatch tail -f --json lines.jsonl',
  'mongowatch verify lines.jsonl',
  'mongowatch-csv aggregate rows.csv',
  'mongowatch-csv aggregate rows.csv -o /dev/full',
  'mongowatch-install-mask --print',
  'mongowatch-install-mask --status',
]

/** Runs them with a shell's redirection, in a folder with something to read. */
function redirected(folder: string, line: string, redirection: string) {
  const [program = '', ...args] = line.split(' ')
  const bin = resolve(__dirname, `../../bin/${program}.js`)
  const words = `"${process.execPath}" "${bin}" ${args.join(' ')}`
  return runFile('bash', ['-c', `${words} ${redirection}`], { cwd: folder })
}

const SOMETHING = {
  'lines.jsonl': '{"a":1}\n',
  'rows.csv': 'WatchID,Iteration\na,0\n',
}

t.test('a full disk is one line and an exit code', async t => {
  const folder = t.testdir(SOMETHING)
  for (const line of PRINTING) {
    const { code, stderr } = await redirected(folder, line, '>/dev/full')
    const name = line.includes('-o') ? '/dev/full' : 'standard output'
    const [program] = line.split(' ')
    t.equal(code, 1, line)
    t.match(stderr, `${program}: ${name}: no space left on the device\n`, line)
    t.notMatch(stderr, /\n {4}at /, line)
  }
})

t.test('nothing can be said on a full stderr either', async t => {
  const folder = t.testdir(SOMETHING)
  for (const line of ['mongowatch nothing', 'mongowatch tail nothing']) {
    const { code } = await redirected(folder, line, '2>/dev/full')
    t.equal(code, line.includes('tail') ? 1 : 2, line)
  }
})

t.test('nobody reads', async t => {
  const folder = t.testdir(SOMETHING)
  for (const line of PRINTING.filter(line => !line.includes('-o'))) {
    const { code, stderr } = await redirected(folder, line, '| true')
    t.same({ code, stderr }, { code: 0, stderr: '' }, line)
  }
})

t.test('a folder is not a file: one line that names it', async t => {
  const folder = t.testdir({ folder: {}, 'lines.jsonl': '{}\n' })
  const lines = {
    'mongowatch convert-config folder': 1,
    'mongowatch tail folder': 1,
    'mongowatch verify folder': 2,
    'mongowatch verify lines.jsonl -k folder': 2,
    'mongowatch-csv aggregate folder': 1,
    'mongowatch-csv aggregate -i folder': 1,
  }
  for (const [line, code] of Object.entries(lines)) {
    const done = await redirected(folder, line, '')
    t.equal(done.code, code, line)
    t.match(done.stderr, /^mongowatch.*: folder: it is a directory\n$/, line)
  }
  for (const line of [
    'mongowatch convert-config',
    'mongowatch-csv aggregate',
  ]) {
    const done = await redirected(folder, line, '<folder')
    t.equal(done.code, 1, line)
    t.match(done.stderr, /^mongowatch.*: standard input: it is a dir/, line)
  }
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
