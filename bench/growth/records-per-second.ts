import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './child.ts'

interface Written {
  readonly began: number
  readonly ended: number
  readonly cpuUs: number
}

const EACH = 200_000

/** How many records per second so many processes write into one file. */
export async function recordsPerSecond(folder: string, processes: number) {
  const file = join(folder, `${processes} processes.jsonl`)
  const startAt = String(Date.now() + 1500 + 500 * processes)
  const args = [file, String(EACH), startAt]
  const writers = await Promise.all(
    Array.from({ length: processes }, () =>
      runChild<Written>('write-records.ts', args),
    ),
  )
  const bytes = statSync(file).size / (processes * (EACH + 20_000))
  rmSync(file)
  const began = Math.min(...writers.map(writer => writer.began))
  const ended = Math.max(...writers.map(writer => writer.ended))
  const cpu = writers.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / processes
  return {
    'records/s': Math.round((processes * EACH) / ((ended - began) / 1000)),
    'CPU us per record': Number(cpu.toFixed(2)),
    'records/s per CPU': Math.round(1e6 / cpu),
    'bytes per record': Math.round(bytes),
  }
}
