'use strict'
const { closeSync, openSync, writeSync } = require('node:fs')

const HEADER =
  'WatchID,Iteration,StartTime,EndTime,DB,Collection,Operation,Filter,Duration,' +
  'MatchedCount,InsertedCount,UpsertedCount,ModifiedCount,DeletedCount,Outcome,' +
  'Server,AppName,Driver,Host,PID,Thread,Seq\n'
const SHORT = 'WatchID,Iteration\n'
const OPEN_AT_ONCE = 50

/** What an input may look like; each answers the next text of a file. */
const SHAPES = {
  'as mongowatch writes it': { header: HEADER, create: usual },
  'one WatchID': { header: SHORT, create: () => shortRows(() => 'a') },
  'a WatchID for every row': { header: SHORT, create: () => shortRows(i => i) },
  'cells of 15 MB': { header: HEADER, create: hugeCells },
}
exports.SHAPES = Object.keys(SHAPES)

/** Writes a file of that many megabytes; the same one every time. */
exports.generate = function generate(path, megabytes, shape) {
  const { header, create } = SHAPES[shape]
  const descriptor = openSync(path, 'w')
  const next = create()
  let size = writeSync(descriptor, header)
  while (size < megabytes * 1e6) {
    let batch = ''
    while (batch.length < 1e6) batch += next()
    size += writeSync(descriptor, batch)
  }
  closeSync(descriptor)
}

/** An audit: half of the operations are one row; cursors have up to eight. */
function usual() {
  const random = createRandom(12_345)
  const open = []
  let count = 0
  return () =>
    row(
      nextOperation(open, random, () => ++count),
      random,
    )
}

/** The shortest rows there are: the most of them. */
function shortRows(id) {
  let count = 0
  return () => {
    count++
    return `${id(count)},${count}\n`
  }
}

/** What MongoDB's largest documents would be as filters. */
function hugeCells() {
  const random = createRandom(12_345)
  const filter = '{""a"":1},'.repeat(1_500_000)
  let count = 0
  return () => {
    count++
    const id = `6745ab00${(count >> 1).toString(16).padStart(16, '0')}`
    return row({ id, iteration: count & 1 }, random, filter)
  }
}

function nextOperation(open, random, count) {
  const again =
    open.length > OPEN_AT_ONCE || (open.length > 0 && random() < 0.5)
  if (!again) {
    const id = `6745ab00${count().toString(16).padStart(16, '0')}`
    if (random() < 0.5) return { id, iteration: 'final' }
    const operation = { id, iteration: 0 }
    open.push(operation)
    return operation
  }
  const index = Math.floor(random() * open.length)
  const operation = open[index]
  operation.iteration++
  if (random() < 0.6 || operation.iteration > 6) {
    open.splice(index, 1)
    return { id: operation.id, iteration: `final(${operation.iteration})` }
  }
  return operation
}

function row({ id, iteration }, random, more = '') {
  const total = Math.floor(random() * 1e4)
  const filter = `"{""customer"":{""$oid"":""${id}""},""status"":{""$in"":[""open"",""paid""]},""total"":{""$gt"":${total}}}${more}"`
  const times = '2026-11-25 01:02:03.456000,2026-11-25 01:02:03.466000'
  return `${id},${iteration},${times},shop,orders,find,${filter},${random().toFixed(6)},${total % 100},,,,,success,"db1:27017,db2:27017",shop-api,7.9.0,web-1,1001,0,${total}\n`
}

function createRandom(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}
