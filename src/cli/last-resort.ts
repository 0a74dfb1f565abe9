import { describeSystemError, explain } from './problem.ts'

/** What nobody else can catch: it is said in one line, and the process ends. */
export function catchTheRest(name: string): void {
  const fail = (reason: string) => {
    process.stderr.write(`${name}: ${reason}\n`)
    process.exit(1)
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      fail(
        describeSystemError(Object.assign(error, { path: 'standard output' })),
      )
    }
    // `mongowatch ... | head` ends without a word when head has enough; what
    // the command finds out in this turn is still its exit code
    setImmediate(() => process.exit())
  })
  process.stderr.on('error', () => undefined) // nobody is there to be told
  process.on('uncaughtException', error => fail(explain(error)))
}
