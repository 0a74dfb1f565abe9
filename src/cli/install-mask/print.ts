import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER } from '../../package.ts'
import type { Surroundings } from './place.ts'
import type { Wish } from './plan.ts'
import { preloadOption } from './preload.ts'

/** The option to set by hand: the stub, or the package where there is none. */
export function printedOption({ flag }: Wish, where: Surroundings): string {
  const isThere = existsSync(join(where.root, where.stub))
  const file = isThere ? where.stub : join(PACKAGE_FOLDER, 'register.cjs')
  return preloadOption(flag ?? 'require', file)
}
