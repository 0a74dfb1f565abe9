/**
 * The folder in which this thread began, from which relative paths of its
 * environment count: an application may `process.chdir` before and after it
 * loads the driver.
 */
export const START_FOLDER = currentFolder()

function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    return '/' // it was removed
  }
}
