import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { quantile } from '../operations/statistics.ts'
import { runChild } from './child.ts'

interface Written {
  readonly began: number
  readonly ended: number
  readonly cpuUs: number
}

const EACH = 200_000
/** Written before that, see `write-records.ts`. */
const WARM_UP = 20_000

/**
 * How many records per second so many processes write into one file, all
 * together: by the clock, which sees them wait for each other, and by the CPU
 * time of one, which does not see what else the machine does. Medians.
 */
export async function recordsPerSecond(
  folder: string,
  processes: number,
  runs = 1,
) {
  const samples: Sample[] = []
  while (samples.length < runs) samples.push(await writeOnce(folder, processes))
  const sorted = (key: keyof Sample) =>
    samples.map(sample => sample[key]).sort((a, b) => a - b)
  const median = (key: keyof Sample) => quantile(sorted(key), 0.5)
  return {
    'records/s': Math.round(median('perSecond')),
    'least/s': Math.round(sorted('perSecond').at(0) ?? Number.NaN),
    'most/s': Math.round(sorted('perSecond').at(-1) ?? Number.NaN),
    'CPU us per record': Number(median('cpu').toFixed(2)),
    'records/s of CPU time': Math.round(1e6 / median('cpu')),
    'bytes per record': Math.round(median('bytes')),
  }
}

interface Sample {
  readonly perSecond: number
  readonly cpu: number
  readonly bytes: number
}

async function writeOnce(folder: string, processes: number): Promise<Sample> {
  const file = join(folder, `${processes} processes.jsonl`)
  // what all write together is bounded, not what each does
  const each = Math.round(EACH / Math.max(1, processes / 4))
  const startAt = String(Date.now() + 1500 + 500 * processes)
  const args = [file, String(each), startAt]
  const writers = await Promise.all(
    Array.from({ length: processes }, () =>
      runChild<Written>('write-records.ts', args),
    ),
  )
  const { size } = statSync(file)
  rmSync(file)
  const began = Math.min(...writers.map(writer => writer.began))
  const ended = Math.max(...writers.map(writer => writer.ended))
  const cpu = writers.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / processes
  return {
    perSecond: (processes * each) / ((ended - began) / 1000),
    cpu,
    bytes: size / (processes * (each + WARM_UP)),
  }
}
