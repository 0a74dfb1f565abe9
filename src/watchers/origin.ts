import { peek } from './peek.ts'

/** Facts of a client that go into every record of its operations. */
export interface Origin {
  readonly Server: string | undefined
  readonly AppName: string | undefined
  readonly DBUser: string | undefined
}

const UNKNOWN: Origin = {
  Server: undefined,
  AppName: undefined,
  DBUser: undefined,
}
const origins = new WeakMap<object, Origin>()

/** The origin of a `MongoClient`, read once from its public options. */
export function originOf(client: unknown): Origin {
  if (typeof client !== 'object' || client === null) return UNKNOWN
  let origin = origins.get(client)
  if (origin === undefined) {
    origin = readOrigin(client)
    origins.set(client, origin)
  }
  return origin
}

function readOrigin(client: object): Origin {
  // `options` is a getter of the client; 4.0 gives cursors a topology instead
  const options = peek(client, 'options') ?? peek(peek(client, 's'), 'options')
  const srvHost = peek(options, 'srvHost')
  const hosts = peek(options, 'hosts')
  const server =
    typeof srvHost === 'string'
      ? srvHost
      : Array.isArray(hosts)
        ? hosts.map(String).join(',')
        : undefined
  const metadata = peek(options, 'metadata')
  return {
    Server: server,
    AppName: text(
      peek(options, 'appName') ??
        peek(options, 'appname') ??
        peek(peek(metadata, 'application'), 'name'),
    ),
    DBUser: text(peek(peek(options, 'credentials'), 'username')),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
