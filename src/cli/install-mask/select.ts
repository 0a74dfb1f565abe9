import { Cancelled } from './ask.ts'
import { type Choice, menuLines } from './menu-text.ts'

/** A menu for the arrow keys or for the numbers of its lines. */
export async function selectChoice<T>(
  message: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const { isCancel, SelectPrompt } = await import('@clack/core')
  const options = choices.map(choice => ({ value: choice }))
  const prompt = new SelectPrompt<{ value: Choice<T> }>({
    options,
    render() {
      const lines =
        this.state === 'submit'
          ? []
          : menuLines(choices, this.cursor, terminalSize())
      const chosen = choices[this.cursor]?.label ?? ''
      const head = this.state === 'submit' ? `${message} ${chosen}` : message
      return [head, ...lines].join('\n')
    },
  })
  let typed = ''
  prompt.on('key', key => {
    typed = typedNumber(typed, key ?? '', choices.length)
    const option = options[Number(typed) - 1]
    if (option === undefined) return
    prompt.cursor = Number(typed) - 1
    prompt.value = option.value
  })
  const answer = await prompt.prompt()
  if (isCancel(answer) || answer === undefined) throw new Cancelled()
  return answer.value
}

/** Looked at each time: it may have been resized. */
function terminalSize() {
  const { rows = 24, columns = 80 } = process.stdout
  return { rows, columns }
}

/** A second digit makes `1` to `12` if there are that many lines. */
function typedNumber(typed: string, key: string, count: number): string {
  if (!/^\d$/.test(key)) return ''
  return Number(typed + key) <= count ? typed + key : key
}
