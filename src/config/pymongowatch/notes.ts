import type { ConfigNode, ConfigPath, ScalarNode } from '../node.ts'
import { type ConfigProblem, problemAt } from '../problem.ts'

/** Something that is written otherwise now, or not at all. */
export interface Note {
  /** Where it stands, or would stand, in the translated form. */
  readonly path: ConfigPath
  readonly text: string
}

/** What a translation has to say, for the comments of `convert-config`. */
export class Notes {
  readonly all: Note[] = []
  /** What the check says, though it changes nothing. */
  readonly warnings: ConfigProblem[] = []

  /** A value has another form, with the same effect or nearly so. */
  changed(path: ConfigPath, text: string): void {
    this.all.push({ path, text })
  }

  /** What could not be right where it stands, and has no effect here. */
  warned(
    { place }: ConfigNode,
    path: ConfigPath,
    message: string,
    hint: string,
  ): void {
    const problem = problemAt(place, path, message, { hint })
    this.warnings.push({ ...problem, isWarning: true })
    this.all.push({ path, text: `${message}: ${hint}` })
  }

  /** A value without a counterpart; the result stands in its place. */
  refused(
    { place }: ConfigNode,
    path: ConfigPath,
    message: string,
    instead: string,
    nearest?: string,
  ): ScalarNode {
    const detail = { hint: instead, nearest }
    const problem = problemAt(place, path, message, detail)
    this.all.push({ path, text: `${message}: ${instead}` })
    return { kind: 'scalar', place, value: null, problem }
  }
}
