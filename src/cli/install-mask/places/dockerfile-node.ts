import {
  type Instruction,
  readInstructions,
} from './dockerfile-instructions.ts'

/** Programs of Node, or an image that is named after it. */
const NODE = /node|npm|npx|yarn|pnpm|\bnvm\b|corepack/i
/** Images without a shell, whatever is copied into them. */
const NO_SHELL = /^scratch$|distroless/i

/**
 * Why the last stage may be unable to run `npm install`, as far as its base
 * and its instructions tell.
 */
export function lacksNpm(text: string): string | undefined {
  const instructions = readInstructions(text)
  const last = instructions.findLastIndex(({ name }) => name === 'FROM')
  if (last < 0) return undefined
  const own = withBases(instructions, last)
  const image = baseImage(own[0])
  if (!NO_SHELL.test(image) && own.some(hasNode)) return undefined
  const reason = NO_SHELL.test(image)
    ? 'no shell and no npm'
    : 'no npm, as far as can be seen'
  return `its last stage is made of ${image}, which has ${reason}: RUN of what is added fails then. Install mongowatch in a stage that has npm, and COPY it from there (docs/containers.md)`
}

const hasNode = ({ name, rest }: Instruction) =>
  name === 'FROM' ? NODE.test(imageOf(rest)) : NODE.test(rest)

/** A stage with those that it is made of: one FROM, of an image. */
function withBases(all: readonly Instruction[], from: number): Instruction[] {
  const next = all.findIndex(({ name }, at) => at > from && name === 'FROM')
  const own = all.slice(from, next < 0 ? all.length : next)
  const image = baseImage(own[0])
  const base = all.findLastIndex(
    ({ name, rest }, at) =>
      at < from && name === 'FROM' && stageName(rest) === image.toLowerCase(),
  )
  return base < 0 ? own : [...withBases(all, base), ...own.slice(1)]
}

const baseImage = (from: Instruction | undefined) => imageOf(from?.rest ?? '')

/** `--platform=x node:22 AS build`: the image. */
function imageOf(rest: string): string {
  return rest.split(' ').find(word => !word.startsWith('--')) ?? ''
}

const stageName = (rest: string) => / as (\S+)$/i.exec(rest)?.[1]?.toLowerCase()
