import type { Paint } from '../paint.ts'

/** One thing that the doctor looked at. */
export interface Finding {
  /** `bad`: it cannot work. `note`: it works, but perhaps not as meant. */
  readonly state: 'good' | 'note' | 'bad'
  readonly text: string
}

const MARKS = {
  good: ['green', 'ok  '],
  note: ['yellow', 'note'],
  bad: ['red', 'bad '],
} as const satisfies Record<Finding['state'], readonly [string, string]>

/** A finding as one line. */
export function findingLine({ state, text }: Finding, paint: Paint): string {
  const [style, mark] = MARKS[state]
  return `${paint(style, mark)}  ${text}`
}

/** All is well with this. */
export const good = (text: string): Finding => ({ state: 'good', text })

/** This may not be what was meant. */
export const note = (text: string): Finding => ({ state: 'note', text })

/** This cannot work. */
export const bad = (text: string): Finding => ({ state: 'bad', text })
