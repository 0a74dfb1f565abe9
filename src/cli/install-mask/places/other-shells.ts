/** Where a command begins. */
const BEGIN = String.raw`(?:^|[&|;(]\s*)`
/** What only cmd.exe understands, and what is there for its sake. */
const WORDS: readonly RegExp[] = [
  new RegExp(`${BEGIN}(set\\s+"?\\w+=[^&|;]*?)\\s*(?:&|$)`, 'i'),
  new RegExp(
    `${BEGIN}(if\\s+(?:not\\s+)?exist\\s|call\\s|cmd(?:\\.exe)?\\s+/c)`,
    'i',
  ),
  /(%[A-Za-z_]\w{2,}%)/,
  /(?:^|[\s;&|("'/])(cross-env(?:-shell)?)(?=\s)/,
]

/**
 * What tells that a script of npm is for cmd.exe of Windows, or for it too: the
 * export before it is not.
 */
export function forOtherShells(script: string): string | undefined {
  const found = WORDS.map(word => word.exec(script)?.[1]?.trim())
  const word = found.find(each => each !== undefined)
  if (word === undefined) return undefined
  return `the script runs on Windows too, or only there (${word}): what is added is for POSIX shells, and with it cmd.exe does not run the script. Do not commit it for others who need that`
}
