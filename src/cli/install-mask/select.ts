import { styleText } from 'node:util'
import { Cancelled } from './ask.ts'

/** A line of a menu. */
export interface Choice<T> {
  readonly value: T
  readonly label: string
  readonly hint?: string | undefined
}

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
        this.state === 'submit' ? [] : menuLines(choices, this.cursor)
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

/** A second digit makes `1` to `12` if there are that many lines. */
function typedNumber(typed: string, key: string, count: number): string {
  if (!/^\d$/.test(key)) return ''
  return Number(typed + key) <= count ? typed + key : key
}

function menuLines<T>(choices: readonly Choice<T>[], cursor: number): string[] {
  const lines = choices.map(({ label, hint }, index) => {
    const number = `${index + 1}.`.padStart(4)
    const remark = hint ? `  ${styleText('dim', hint)}` : ''
    return index === cursor
      ? `${styleText('cyan', `>${number} ${label}`)}${remark}`
      : ` ${number} ${label}${remark}`
  })
  const help = 'Arrow keys or numbers, Enter to choose, Ctrl-C to leave'
  return [...lines, styleText('dim', help)]
}
