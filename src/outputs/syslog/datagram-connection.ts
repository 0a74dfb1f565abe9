import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { Connection } from './connection.ts'
import { Link } from './link.ts'
import type { SyslogSpec } from './syslog-spec.ts'

/** A burst would overflow the receiver's buffer: it gets a moment. */
const BURST = 50
const PAUSE_MS = 2

/** UDP, one message per datagram (RFC 5426). */
export async function connectDatagram(spec: SyslogSpec): Promise<Connection> {
  const { address, family } = await lookup(spec.host)
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
  const link = new Link(spec.timeoutMs)
  socket.on('error', error => link.fail(error))
  await link.within(done => {
    socket.connect(spec.port, address, () => done())
  })
  const write = async (messages: readonly Buffer[]) => {
    for (const [i, message] of messages.entries()) {
      if (i % BURST === BURST - 1) await link.stands(PAUSE_MS)
      await link.within(done => socket.send(message, error => done(error)))
    }
  }
  return {
    write,
    stands: milliseconds => link.stands(milliseconds),
    get hasFailed() {
      return link.hasFailed
    },
    close: () => socket.close(),
  }
}
