import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'

/** Ends a process when this one is gone. */
export interface Watchdog {
  /** Lets it go, and removes the data folder. */
  end(): Promise<void>
}

// Its standard input is a pipe that only we hold: it ends when we do.
const SCRIPT = `
read -r _; kill -9 "$1"
[ -n "$2" ] || exit
for _ in 1 2 3 4 5 6 7 8 9; do kill -0 "$1" && sleep 0.1 || break; done
rm -rf -- "$2"`

/**
 * Kills `pid` and removes its throw-away folder when this process ends, also
 * by SIGKILL. On Windows only the exit handler of `startChild` does it.
 */
export function startWatchdog(
  pid: number | undefined,
  data: string | undefined,
): Watchdog {
  const remove = async () => {
    if (data) await rm(data, { recursive: true, force: true })
  }
  if (pid === undefined || process.platform === 'win32') return { end: remove }
  const dog = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(pid), data ?? ''], {
    detached: true, // Ctrl-C in a terminal must not end it first
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  dog.on('error', () => {}) // no /bin/sh: the exit handler remains
  dog.unref()
  ;(dog.stdin as unknown as { unref(): void }).unref()
  return {
    end() {
      dog.kill('SIGKILL')
      return remove()
    },
  }
}
