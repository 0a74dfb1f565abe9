import type { Output } from '../io.ts'
import type { Paint } from '../paint.ts'
import { describeStop, type JsonRecord } from './result.ts'
import { formatHeader, formatRow, type RowStyle } from './row.ts'

/** What the person at the demo sees. */
export class Screen {
  readonly #out: Output
  readonly #paint: Paint
  readonly #calls = new Set<unknown>()
  #stop: JsonRecord | undefined

  constructor(out: Output, paint: Paint) {
    this.#out = out
    this.#paint = paint
  }

  /** What is about to happen. */
  title(shop: string): void {
    this.#line(this.#paint('bold', 'mongowatch demo'))
    this.note(`shop: ${shop}, which knows nothing of mongowatch`)
    this.note('started as: node --require mongowatch/register shop.js')
  }

  /** Something about the demo itself. */
  note(text: string): void {
    this.#line(this.#paint('dim', text))
  }

  /** Before the first record. */
  begin(): void {
    this.#line('')
    this.#line(formatHeader(this.#style()))
  }

  /** A line that the shop printed itself. */
  scene(text: string): void {
    const aside = text.startsWith('...')
    this.#line(this.#paint(aside ? 'dim' : 'bold', `shop: ${text}`))
  }

  /** A line of the file. */
  record(record: JsonRecord): void {
    if (record.Operation === '$stop') this.#stop = record
    if (String(record.Operation).startsWith('$')) return
    this.#calls.add(record.WatchID) // one that takes long has two rows
    this.#line(formatRow(record, this.#style()))
  }

  /** After the last record. */
  end(path: string): void {
    this.#line('')
    const stop = this.#stop ? describeStop(this.#stop) : 'no $stop was written'
    this.#line(`${this.#calls.size} calls of the shop, ${stop}`)
    this.#line(`One JSON line each: ${path}`)
  }

  #style(): RowStyle {
    const width = this.#out.isTTY ? (this.#out.columns ?? 80) : undefined
    return { paint: this.#paint, width: width ?? Number.POSITIVE_INFINITY }
  }

  #line(text: string): void {
    this.#out.write(`${text}\n`)
  }
}
