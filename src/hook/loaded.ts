import { type DriverFile, parseDriverFile } from './driver-file.ts'

/** A file of a driver that CommonJS holds in its cache. */
export interface LoadedFile extends DriverFile {
  readonly module: NodeJS.Module
}

/** The files of all drivers in the CommonJS cache, in the order they began. */
export function loadedFiles(): LoadedFile[] {
  const files: LoadedFile[] = []
  for (const [path, module] of Object.entries(require.cache)) {
    const driver = parseDriverFile(path)
    if (driver !== undefined && module) files.push({ ...driver, module })
  }
  return files
}
