/** C0, DEL, C1, line separators, bidirectional controls, lone surrogates. */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** A text that cannot move the cursor or turn the line of a terminal. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, character => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return `\\u${code}`
  })
}
