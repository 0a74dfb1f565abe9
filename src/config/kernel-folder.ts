import { statfsSync } from 'node:fs'

/** The types of proc, sysfs and cgroup2, as statfs(2) says them. */
const KERNELS = [0x9fa0, 0x62656572, 0x63677270]

/**
 * True for a folder in which nobody can make a file, though root may write
 * there: what is in it comes from the kernel.
 */
export function isKernelFolder(folder: string): boolean {
  try {
    return KERNELS.includes(statfsSync(folder).type)
  } catch {
    return false // what is not there is nobody's
  }
}
