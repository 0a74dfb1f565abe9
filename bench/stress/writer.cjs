// One writer of the stress run: a process, or a worker thread of one.
// usage: node writer.cjs '{"sink": "mongowatch", "file": "...", ...}'
const { Worker, isMainThread, workerData } = require('node:worker_threads')
const { rmSync, writeFileSync } = require('node:fs')

const DIST = `${__dirname}/../../dist`
const PER_TICK = 50
const MIN_BYTES = 200

/** Each returns a function that takes one line's worth of work. */
const SINKS = {
  mongowatch: options => mongowatchSink(options),

  'mongowatch, chain': options =>
    mongowatchSink({ ...options, integrity: 'chain' }),

  'winston File': ({ file, maxBytes }) => {
    const winston = require('winston')
    return winstonSink(
      new winston.transports.File({ filename: file, maxsize: maxBytes }),
    )
  },

  'winston-daily-rotate-file': ({ file, maxBytes }) => {
    const DailyRotateFile = require('winston-daily-rotate-file')
    return winstonSink(
      new DailyRotateFile({
        filename: file,
        maxSize: maxBytes && `${Math.round(maxBytes / 1024)}k`,
      }),
    )
  },
}

function mongowatchSink({ file, maxBytes, queue, integrity = 'none' }) {
  const { settingsFrom } = require(`${DIST}/config/load-settings.js`)
  const { createOutputs } = require(`${DIST}/config/create-outputs.js`)
  const { closeHandlers } = require(`${DIST}/outputs/close-handlers.js`)
  const { AuditRecord } = require(`${DIST}/record/record.js`)
  const audit = {
    class: 'file',
    filename: file,
    max_bytes: maxBytes,
    integrity,
  }
  if (queue) audit.queue = queue
  const { handlers, router } = createOutputs(
    settingsFrom({ version: 1, handlers: { audit } }),
  )
  process.on('exit', () => closeHandlers(handlers, router))
  return (id, padding) => {
    const record = new AuditRecord(
      'mongowatch.collection',
      'insertOne',
      id,
      new Date(),
    )
    record.Iteration = 'final'
    record.Outcome = 'success'
    record.Filter = padding
    router.emit(record, 'final')
  }
}

function winstonSink(transport) {
  const { createLogger, format } = require('winston')
  const logger = createLogger({
    transports: [transport],
    format: format.printf(info => info.message),
  })
  logger.on('error', () => {}) // as an application that wants to live does
  return (id, padding) => {
    logger.info(JSON.stringify({ WatchID: id, Filter: padding }))
  }
}

const filler = 'x'.repeat(65_536)

/** 200 bytes to 64 KB, small ones more often, the same in every run. */
function paddingOf(i, maxBytes) {
  const step = ((i * 7_919) % 1_000) / 1_000
  const bytes = MIN_BYTES * (maxBytes / MIN_BYTES) ** step
  return filler.slice(0, Math.max(0, Math.round(bytes) - MIN_BYTES))
}

async function write(options) {
  const { sink, name, count, recordBytes, pauseAfter, freeFile } = options
  const send = SINKS[sink](options)
  for (let i = 0; i < count; i++) {
    send(`${name}-${i}`, paddingOf(i, recordBytes))
    if (i % PER_TICK === 0) await new Promise(resolve => setImmediate(resolve))
    if (i === pauseAfter) await pause(freeFile)
  }
}

/** The disk stays full for a moment, then it is free again. */
async function pause(freeFile) {
  await new Promise(resolve => setTimeout(resolve, 500))
  rmSync(freeFile)
  await new Promise(resolve => setTimeout(resolve, 6_000))
}

if (isMainThread) main(JSON.parse(process.argv[2]))
else void write(workerData)

function main({ threads = 0, fillBytes = 0, ...options }) {
  if (fillBytes > 0) writeFileSync(options.freeFile, Buffer.alloc(fillBytes))
  if (threads === 0) void write(options)
  for (let i = 0; i < threads; i++) {
    new Worker(__filename, {
      workerData: { ...options, name: `${options.name}.${i}` },
    })
  }
}
