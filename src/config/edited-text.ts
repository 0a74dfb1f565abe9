interface Edit {
  readonly at: number
  readonly removed: number
  readonly added: number
}

/** A text that is changed piece by piece, and knows where each piece was. */
export class EditedText {
  readonly text: string
  readonly #edits: readonly Edit[]

  constructor(text: string, edits: readonly Edit[] = []) {
    this.text = text
    this.#edits = edits
  }

  /** With another text from one place up to another. */
  replaced(from: number, to: number, by: string): EditedText {
    const text = this.text.slice(0, from) + by + this.text.slice(to)
    const edit = { at: from, removed: to - from, added: by.length }
    return new EditedText(text, [...this.#edits, edit])
  }

  /** With another name wherever a name stands. */
  renamed(name: string, by: string): EditedText {
    const all = this.text.matchAll(new RegExp(`(?<!\\w)${name}(?!\\w)`, 'g'))
    // from the end: the places before one that is changed stay
    return [...all]
      .reverse()
      .reduce<EditedText>(
        (text, { index }) => text.replaced(index, index + name.length, by),
        this,
      )
  }

  /** The place in the first text of a place in this one. */
  original(at: number): number {
    return this.#edits.reduceRight((place, edit) => {
      if (place < edit.at) return place
      const isWithin = place < edit.at + edit.added
      return isWithin ? edit.at : place + edit.removed - edit.added
    }, at)
  }
}
