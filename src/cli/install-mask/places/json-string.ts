/** A character of a JSON string and where it is written. */
export interface JsonCharacter {
  readonly text: string
  readonly begin: number
}

const CHARACTER = /\\u[\da-fA-F]{4}|\\.|[^\\"]/gs

/** The characters of a JSON string, which is given with its quotes. */
export function jsonCharacters(string: string): JsonCharacter[] {
  return [...string.slice(1, -1).matchAll(CHARACTER)].map(match => ({
    text: JSON.parse(`"${match[0]}"`),
    begin: match.index + 1,
  }))
}

/** A text as it stands in a JSON string. */
export const jsonText = (text: string): string =>
  JSON.stringify(text).slice(1, -1)
