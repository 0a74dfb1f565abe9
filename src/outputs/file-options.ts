import type { Chain } from '../integrity/chain.ts'
import type { BufferLimits } from './line-buffer.ts'
import type { NewFile } from './open-file.ts'
import type { RotationOptions } from './rotation.ts'

/** How the file is opened, written and rotated. */
export interface AuditFileOptions extends NewFile, RotationOptions {
  /** Milliseconds for which the path need not be looked at again. */
  readonly lookEveryMs: number
  /** Whether an opened file may be added to; else a new one is begun. */
  readonly isOurs?: ((fd: number) => boolean) | undefined
}

/** Options of the file handler. */
export interface FileOptions
  extends Omit<AuditFileOptions, 'header' | 'lookEveryMs'> {
  /**
   * `batched`: within 64 KiB or 100 ms, and at exit. `written`: each line is
   * in the kernel before the operation's promise settles. `write_ahead`: its
   * `first` iteration also before the driver is called. @default batched
   */
  readonly guarantee: 'batched' | 'written' | 'write_ahead'
  /** @default drop */
  readonly onFailure: 'drop' | 'refuse'
  readonly buffer: BufferLimits
  /** What seals the lines, and heads the files. */
  readonly chain?: Chain | undefined
}
