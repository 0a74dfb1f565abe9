type Done = (error?: Error | null) => void

/** Whether a socket is well, and waiting for it within bounds. */
export class Link {
  readonly #timeoutMs: number
  #error: Error | undefined
  #onError: Done = () => {}

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** The first error stays. */
  fail(error: Error): void {
    this.#error ??= error
    this.#onError(this.#error)
  }

  get hasFailed(): boolean {
    return this.#error !== undefined
  }

  /** Rejects when the task, the socket, or time fails. */
  within(task: (done: Done) => void): Promise<void> {
    return this.#wait(task, this.#timeoutMs, timeoutError())
  }

  /** Resolves when nothing has failed for so long. */
  stands(milliseconds: number): Promise<void> {
    return this.#wait(() => {}, milliseconds, undefined)
  }

  #wait(
    task: (done: Done) => void,
    milliseconds: number,
    late: Error | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const done: Done = error => {
        clearTimeout(timer)
        this.#onError = () => {}
        if (error) reject(error)
        else resolve()
      }
      const timer = setTimeout(() => done(late), milliseconds)
      this.#onError = done
      if (this.#error !== undefined) done(this.#error)
      else task(done)
    })
  }
}

function timeoutError(): Error {
  const error = new Error('no answer in time')
  error.name = 'TimeoutError'
  return error
}
