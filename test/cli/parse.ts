import t from 'tap'
import type { Command } from '../../src/cli/command.ts'
import { parse } from '../../src/cli/parse.ts'

const command: Command = {
  name: 'sort',
  summary: '',
  description: [],
  options: {
    number: { short: 'n', value: 'N', minimum: 1, help: '' },
    order: { value: 'ORDER', choices: ['up', 'down'], help: '' },
    reverse: { short: 'r', help: '' },
    key: { value: 'KEY', multiple: true, help: '' },
  },
  args: [{ name: 'FILE', help: '' }],
  examples: [],
  load: () => Promise.reject(new Error('not run here')),
}

t.test('options and arguments may be mixed', async t => {
  const { values, args } = parse(command, [
    '-r',
    'a',
    '--number=3',
    '--key',
    'x',
    '--key',
    'y',
  ])
  t.equal(values.flag('reverse'), true)
  t.equal(values.integer('number', 9), 3)
  t.equal(values.integer('other', 9), 9)
  t.same(values.list('key'), ['x', 'y'])
  t.equal(values.text('order'), undefined)
  t.same(args, ['a'])
})

t.test('what follows -- is an argument', async t => {
  t.same(parse(command, ['--', '-r']).args, ['-r'])
})

const mistakes: [string[], string][] = [
  [['--revers', 'a'], 'Unknown option --revers; did you mean --reverse?'],
  [['-x', 'a'], 'Unknown option -x'],
  [['-n', '0', 'a'], '--number must be a whole number from 1, not "0"'],
  [['-n', '1.5', 'a'], '--number must be a whole number from 1, not "1.5"'],
  [['-n', '1e3', 'a'], '--number must be a whole number from 1, not "1e3"'],
  [['--order', 'left', 'a'], '--order must be one of up, down, not "left"'],
  [[], 'FILE is missing'],
  [['a', 'b'], 'Unexpected argument "b"'],
  [['--reverse=yes', 'a'], "Option '-r, --reverse' does not take an argument"],
  [['a', '-n'], '-n needs a value'],
  [['a', '--number'], '-n needs a value'],
  [['-n', '-1', 'a'], '-n needs a value'],
]

for (const [argv, message] of mistakes) {
  t.test(`"${argv.join(' ')}" is refused`, async t => {
    t.throws(() => parse(command, argv), { name: 'UsageError', message })
  })
}

t.test('--help is shown whatever else is missing', async t => {
  t.equal(parse(command, ['-h']).values.flag('help'), true)
})

t.test('switches that exclude each other', async t => {
  const { values } = parse(command, ['a', '-r', '--order', 'up'])
  t.throws(() => values.oneOf(['reverse', 'order']), {
    message: '--reverse and --order cannot be used together',
  })
  t.equal(values.oneOf(['reverse', 'key']), 'reverse')
  t.equal(values.oneOf(['key']), undefined)
})
