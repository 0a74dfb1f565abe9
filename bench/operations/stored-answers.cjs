'use strict'
const { createRequire } = require('node:module')
const { join } = require('node:path')

/** Commands that are answered from the store, with what follows them. */
const STORED = new Set(['find', 'getMore', 'insert', 'update', 'aggregate'])

/**
 * A server's answers, kept: the driver does all of its own work, down to the
 * bytes of the command, but they go into no socket, and the answer is the one
 * that the server gave the first time. What is left of the noise is little
 * enough to see what a few lines of code cost.
 *
 * Drivers from 6.6 on have the method that is replaced; one operation at a time.
 */
class StoredAnswers {
  /** While false, everything goes to the server. */
  isOn = false
  #answers = []
  #next = 0

  /** The next operation is answered by the server, and its answers are kept. */
  startAnew() {
    this.isOn = true
    this.#answers = []
  }

  /** Takes the connections of the copy of the driver that was loaded last. */
  install(root) {
    const load = createRequire(join(root, 'package.json'))
    const { Connection } = load(join(root, 'lib/cmap/connection.js'))
    const file = join(root, 'lib/cmap/wire_protocol/responses.js')
    const { MongoDBResponse } = load(file)
    const { sendWire } = Connection.prototype
    const store = this
    Connection.prototype.sendWire = async function* (message, options, type) {
      const [name] = Object.keys(message.command ?? {})
      if (!store.isOn || !STORED.has(name)) {
        yield* sendWire.call(this, message, options, type)
        return
      }
      const answer = store.#take(name)
      if (answer !== undefined) {
        await message.toBin()
        // an answer comes in a turn of its own, in which timers run as well
        await new Promise(setImmediate)
        yield (type ?? MongoDBResponse).make(answer)
        return
      }
      for await (const fresh of sendWire.call(this, message, options, type)) {
        store.#answers.push(Buffer.from(fresh.toBytes()))
        yield fresh
      }
    }
  }

  #take(name) {
    if (name !== 'getMore') this.#next = 0
    return this.#answers[this.#next++]
  }
}

module.exports = { StoredAnswers }
