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

/** What takes the variable away again. */
const TAKES =
  /(?:^|[\s;&|("'])(unset\s+(?:\w+\s+)*NODE_OPTIONS|env\s+(?:-i|-(?=\s)|--ignore-environment|-u\s*NODE_OPTIONS|--unset=NODE_OPTIONS))(?![\w-])/

/** What in a script of npm keeps the export before it from having an effect. */
export function scriptObstacle(script: string): string | undefined {
  const taken = TAKES.exec(script)?.[1]
  if (taken === undefined) return forOtherShells(script)
  return `the script takes the variable away (${taken}): what is started so is not watched`
}

/** Scripts for cmd.exe of Windows, or for it too: an export is not. */
function forOtherShells(script: string): string | undefined {
  const found = WORDS.map(word => word.exec(script)?.[1]?.trim())
  const word = found.find(each => each !== undefined)
  if (word === undefined) return undefined
  return `the script runs on Windows too, or only there (${word}): what is added is for POSIX shells, and with it cmd.exe does not run the script. Do not commit it for others who need that`
}
