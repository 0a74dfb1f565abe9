import { isIP } from 'node:net'
import type { AuditRecord } from '../record/record.ts'
import { group, integerOf, textOf, userOf } from './field-value.ts'
import { parseServer } from './server-address.ts'

/** Who acted: the schema wants at least one part of it. */
export function actorOf(record: AuditRecord): object {
  return {
    user: group({ name: userOf(record) }),
    app_name: textOf(record.AppName),
    process: {
      pid: integerOf(record.PID) ?? process.pid,
      tid: integerOf(record.Thread),
    },
    session: group({ uid: textOf(record.Session) }),
  }
}

/** Where it came from: the caller where known, else this host. */
export function sourceOf(record: AuditRecord): object {
  const remote = textOf(record.RemoteAddress)
  const host = textOf(record.Host)
  if (remote !== undefined && isIP(remote) > 0) {
    return { ip: remote, name: host }
  }
  return { hostname: remote ?? host ?? 'unknown' }
}

/** Where it went. */
export function destinationOf(record: AuditRecord): object | undefined {
  const server = parseServer(record.Server)
  if (server === undefined) return undefined
  return isIP(server.host) > 0
    ? { ip: server.host, port: server.port }
    : { hostname: server.host, port: server.port }
}
