import { connect as connectNet, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Connection } from './connection.ts'
import { Link } from './link.ts'
import type { SyslogSpec } from './syslog-spec.ts'

/** TCP, TLS or a unix stream socket, with octet counting (RFC 6587, 5425). */
export async function connectStream(spec: SyslogSpec): Promise<Connection> {
  const socket = open(spec)
  const link = new Link(spec.timeoutMs)
  socket.on('error', error => link.fail(error))
  socket.on('close', () => link.fail(new Error('the connection was closed')))
  socket.on('end', () => link.fail(new Error('the receiver closed it')))
  socket.resume() // what a receiver says is no syslog; its end is of interest
  const event = spec.protocol === 'tls' ? 'secureConnect' : 'connect'
  try {
    await link.within(done => socket.once(event, () => done()))
  } catch (error) {
    socket.destroy()
    throw error
  }
  return {
    write: messages =>
      link.within(done => socket.write(framed(messages), () => done())),
    stands: milliseconds => link.stands(milliseconds),
    get hasFailed() {
      return link.hasFailed
    },
    close: () => {
      socket.end()
      setTimeout(() => socket.destroy(), spec.timeoutMs).unref()
    },
  }
}

function open(spec: SyslogSpec): Socket {
  const { protocol, host, port, path, tls } = spec
  if (path !== undefined) return connectNet({ path })
  if (protocol !== 'tls') return connectNet({ host, port })
  const name = isIP(host) === 0 ? { servername: host } : {}
  return connectTls({ host, port, ...name, ...tls })
}

/** `LENGTH SPACE MESSAGE`, one after the other. */
function framed(messages: readonly Buffer[]): Buffer {
  return Buffer.concat(
    messages.flatMap(message => [Buffer.from(`${message.length} `), message]),
  )
}
