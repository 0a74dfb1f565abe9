import { MongowatchError } from '../errors.ts'

/** The command line itself is wrong: exit code 2. */
export class UsageError extends MongowatchError {
  override readonly name = 'UsageError'

  constructor(message: string) {
    super('MONGOWATCH_USAGE', message)
  }
}

/** The command could not do what was asked: exit code 1. */
export class CommandError extends MongowatchError {
  override readonly name = 'CommandError'

  constructor(message: string, options?: ErrorOptions) {
    super('MONGOWATCH_COMMAND', message, options)
  }
}

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it exists already',
  EFTYPE: 'it is no regular file',
  EISDIR: 'it is a directory',
  EMFILE: 'too many open files',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is not a directory',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
}

/** Says a system error as one line: `/etc/x: permission denied`. */
export function describeSystemError(error: NodeJS.ErrnoException): string {
  const reason = SYSTEM[error.code ?? ''] ?? error.code ?? error.message
  return error.path === undefined ? reason : `${error.path}: ${reason}`
}

/** The error; a system's that names no file is made to name this one. */
export function named(error: unknown, path: string): unknown {
  const isNameless = isSystemError(error) && error.path === undefined
  return isNameless ? Object.assign(error, { path }) : error
}

/** One line for a mistake of the user or the system, a stack for ours. */
export function explain(error: unknown): string {
  if (error instanceof MongowatchError) return error.message
  if (isSystemError(error)) return describeSystemError(error)
  const text = error instanceof Error ? error.stack : String(error)
  return `an error of mongowatch itself, please report it\n${text}`
}

/** True for what the operating system answered. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error
}
