import {
  type Instruction,
  imageOf,
  lastStage,
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
  const own = lastStage(readInstructions(text))
  if (own === undefined) return undefined
  const image = imageOf(own[0]?.rest ?? '')
  if (!NO_SHELL.test(image) && own.some(hasNode)) return undefined
  const reason = NO_SHELL.test(image)
    ? 'no shell and no npm'
    : 'no npm, as far as can be seen'
  return `its last stage is made of ${image}, which has ${reason}: RUN of what is added fails then. Install mongowatch in a stage that has npm, and COPY it from there (docs/containers.md)`
}

const hasNode = ({ name, rest }: Instruction) =>
  name === 'FROM' ? NODE.test(imageOf(rest)) : NODE.test(rest)
