import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Surroundings } from './place.ts'

/**
 * Supervisors start programs with what they read once: they go on naming the
 * stub until they are told to read again.
 */
export function supervisorsWith(where: Surroundings): string[] {
  return [...unitsWith(where.stub), ...savedByPm2(where)]
}

/** Services whose loaded environment names the stub. */
function unitsWith(stub: string): string[] {
  const args = ['show', '--property=Id,Environment', '*.service']
  const { stdout } = spawnSync('systemctl', args, {
    encoding: 'utf8',
    timeout: 10_000,
  })
  // without systemd there is nothing to read
  return (stdout ?? '')
    .split('\n\n')
    .filter(unit => unit.includes(stub))
    .map(unit => /^Id=(.*)$/m.exec(unit)?.[1] ?? 'a service')
    .map(name => `${name} (until systemctl daemon-reload)`)
}

/** What pm2 starts again after a reboot. */
function savedByPm2({ env, home, stub }: Surroundings): string[] {
  const file = join(env.PM2_HOME || join(home, '.pm2'), 'dump.pm2')
  try {
    const isNamed = readFileSync(file, 'utf8').includes(stub)
    return isNamed ? [`${file} (until pm2 save)`] : []
  } catch {
    return [] // pm2 has saved nothing
  }
}
