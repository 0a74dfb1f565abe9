import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MongowatchError } from '../../errors.ts'

/** The folder of the driver: the one of the current folder, else ours. */
export function findDriver(): string {
  for (const base of [process.cwd(), __dirname]) {
    const found = resolveFrom(base)
    if (found !== undefined) return found
  }
  throw new MongowatchError(
    'MONGOWATCH_NO_DRIVER',
    'the package mongodb was not found from here; go to an application that has it, or: npm install mongodb',
  )
}

function resolveFrom(base: string): string | undefined {
  try {
    const { resolve } = createRequire(join(base, 'any.js'))
    return dirname(resolve('mongodb/package.json'))
  } catch {
    return undefined
  }
}
