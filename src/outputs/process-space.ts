import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

let known: string | undefined

/**
 * Where a process number means one process: this machine since it was
 * started, and this container. Containers may have one host name.
 */
export function processSpace(): string {
  known ??= [hostname(), bootId(), namespaceId()].filter(Boolean).join(' ')
  return known
}

/** Another one at each start of the machine; only Linux says it. */
function bootId(): string | undefined {
  return attempt(() =>
    readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  )
}

function namespaceId(): string | undefined {
  return attempt(() => readlinkSync('/proc/self/ns/pid'))
}

function attempt(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
