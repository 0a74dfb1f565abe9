import { connectionProblem } from '../network/connection-problem.ts'
import { type Sender, TAKEN, Unavailable } from '../network/sender.ts'
import type { Connection } from './connection.ts'
import { connectDatagram } from './datagram-connection.ts'
import { connectStream } from './stream-connection.ts'
import { syslogMessage } from './syslog-message.ts'
import type { SyslogSpec } from './syslog-spec.ts'

/**
 * Syslog has no answers: a batch counts as taken when the connection still
 * stands a moment after the operating system has taken it.
 */
const STANDS_MS = 250

/** Sends batches over one connection, which is made again when it fails. */
export function createSyslogSender(spec: SyslogSpec): Sender {
  const connect = spec.protocol === 'udp' ? connectDatagram : connectStream
  let connection: Connection | undefined
  const close = () => {
    connection?.close()
    connection = undefined
  }
  return {
    async send(batch) {
      const messages = batch.map(message => syslogMessage(message, spec))
      if (connection?.hasFailed) close()
      try {
        connection ??= await connect(spec)
        await connection.write(messages)
        await connection.stands(STANDS_MS)
        return TAKEN
      } catch (error) {
        close()
        const problem =
          error instanceof Error ? error : new Error(String(error))
        throw new Unavailable(connectionProblem(addressOf(spec), problem))
      }
    },
    close,
  }
}

function addressOf({ protocol, host, port, path }: SyslogSpec): string {
  return path === undefined
    ? `${protocol}://${host}:${port}`
    : `${protocol}:${path}`
}
