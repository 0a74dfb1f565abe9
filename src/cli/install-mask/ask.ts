import { CommandError } from '../problem.ts'

/** The user pressed Ctrl-C or Escape. */
export class Cancelled extends CommandError {
  constructor() {
    super('Cancelled')
  }
}

/** Asks a question with yes and no. */
export async function askWhether(message: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts')
  const answer = await confirm({ message, initialValue: false })
  if (isCancel(answer)) throw new Cancelled()
  return answer
}

/** Asks for a line of text. */
export async function askText(
  message: string,
  usual: string | undefined,
): Promise<string> {
  const { isCancel, text } = await import('@clack/prompts')
  const answer = await text({
    message,
    ...(usual === undefined ? {} : { placeholder: usual, defaultValue: usual }),
    validate: value =>
      value || usual !== undefined ? undefined : 'Something is needed here',
  })
  if (isCancel(answer)) throw new Cancelled()
  return answer
}
