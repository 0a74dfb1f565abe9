import type { Output } from './io.ts'

/** Says how far a long task is; a file or a pipe is spared. */
export interface Progress {
  /** Between 0 and 1. */
  readonly update: (fraction: number) => void
  readonly stop: () => void
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined }

/** A progress bar if the stream is a terminal. */
export async function startProgress(stream: Output): Promise<Progress> {
  if (stream.isTTY !== true) return SILENT
  const { default: cliProgress } = await import('cli-progress')
  const bar = new cliProgress.SingleBar({
    clearOnComplete: true,
    format: '[{bar}] {percentage}%  {eta_formatted} left',
    hideCursor: true,
    stream,
  })
  bar.start(100, 0)
  return {
    update: fraction => {
      const percent = Math.floor(fraction * 100)
      if (percent > 0) bar.update(percent) // at 0 nobody knows how long it takes
    },
    stop: () => bar.stop(),
  }
}
