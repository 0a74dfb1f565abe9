/** Where a client was sent. */
export interface ServerAddress {
  readonly host: string
  /** Absent for an SRV name and a socket. */
  readonly port: number | undefined
}

const HOST_AND_PORT = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/

/** The first of the `host:port` list in a record's Server. */
export function parseServer(server: unknown): ServerAddress | undefined {
  if (typeof server !== 'string' || server === '') return undefined
  const first = server.split(',', 1)[0] ?? ''
  const found = HOST_AND_PORT.exec(first)
  if (found === null) return { host: first, port: undefined }
  const [, bracketed, plain, port] = found
  return { host: bracketed ?? plain ?? '', port: Number(port) }
}
