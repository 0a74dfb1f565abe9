'use strict'
// npm run bench:csv [MEGABYTES] [ROUNDS] [SHAPE]
const { spawnSync } = require('node:child_process')
const { mkdtempSync, rmSync, statSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { generate, SHAPES } = require('./generate.js')

/** Megabytes of memory that 2 GB of input may take. */
const LIMIT = 200

const [megabytes = 200, rounds = 3] = process.argv.slice(2, 4).map(Number)
const shapes = SHAPES.filter(shape => shape.includes(process.argv[4] ?? ''))
const folder = mkdtempSync(join(tmpdir(), 'mongowatch-bench-'))
const file = name => join(folder, name)
const bin = join(__dirname, '../../bin/mongowatch-csv.js')
const baseline = join(__dirname, 'baseline.py')

const OURS = ['node', bin, 'aggregate', file('in'), '-o', file('ours')]
const PYTHON = ['python3', baseline, file('in'), file('python')]

function measure(command) {
  const args = [join(__dirname, 'measure.py'), ...command]
  const { stdout, stderr, status } = spawnSync('python3', args, {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  const [wall, cpu, memory] = stdout.trim().split(' ').map(Number)
  return { wall, cpu, memory }
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function print(name, runs) {
  const column = key => median(runs.map(run => run[key]))
  const seconds = `${column('wall').toFixed(2)} s, CPU ${column('cpu').toFixed(2)} s`
  console.log(
    `  ${name.padEnd(15)} ${seconds}, ${column('memory').toFixed(0)} MB`,
  )
}

/** Python needs gigabytes for the odd shapes: it is asked for the usual one. */
function compare(shape) {
  const beside = shape === SHAPES[0]
  generate(file('in'), megabytes, shape)
  const size = Math.round(statSync(file('in')).size / 1e6)
  console.log(`\n${shape}: ${size} MB`)
  const ours = []
  const python = []
  for (let round = 0; round < rounds; round++) {
    ours.push(measure(OURS))
    if (beside) python.push(measure(PYTHON))
  }
  print('mongowatch-csv', ours)
  if (beside) print("Python's csv", python)
  const peak = Math.max(...ours.map(run => run.memory))
  const verdict = peak <= LIMIT ? 'within' : 'ABOVE'
  console.log(`  ${peak.toFixed(0)} MB is ${verdict} the limit of ${LIMIT} MB`)
  return peak <= LIMIT && (!beside || isSame())
}

function isSame() {
  const same = spawnSync('cmp', [file('ours'), file('python')]).status === 0
  console.log(`  both wrote the same: ${same ? 'yes' : 'NO'}`)
  return same
}

try {
  console.log(`Median of ${rounds} rounds, memory at its peak`)
  const good = shapes.map(compare)
  if (good.includes(false)) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
