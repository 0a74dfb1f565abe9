import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installedTargets } from '../install-mask/inventory.ts'
import type { Surroundings } from '../install-mask/place.ts'
import type { Target } from '../install-mask/target.ts'
import { bad, type Finding, good, note } from './finding.ts'
import { probe } from './probe.ts'

/** Prints where the hooks are from, if they are there. */
const WHOSE_HOOKS =
  'console.log(globalThis[Symbol.for("mongowatch.hooks.v1")] || "")'

/** What NODE_OPTIONS says here and what comes of it. */
export function examineEnvironment(where: Surroundings): Finding[] {
  const options = where.env.NODE_OPTIONS
  return [
    options
      ? good(`NODE_OPTIONS is ${options}`)
      : note('NODE_OPTIONS is not set here'),
    ...disabled(where),
    hookFinding(where),
    ...installedFindings(where),
  ]
}

function disabled({ env }: Surroundings): Finding[] {
  return env.MONGOWATCH_DISABLED === '1'
    ? [note('MONGOWATCH_DISABLED=1 switches mongowatch off')]
    : []
}

/** Starts a node as any program would be started, and asks it. */
function hookFinding({ env }: Surroundings): Finding {
  const { ok, stdout, stderr } = probe(WHOSE_HOOKS, [], { ...env })
  if (!ok) {
    return bad(`no Node program starts here: ${firstReason(stderr)}`)
  }
  return stdout === ''
    ? note('programs started here are not watched; see mongowatch-install-mask')
    : good(`programs started here are watched, by ${stdout}`)
}

/** The line of a stack trace, or of node itself, that says what is wrong. */
function firstReason(stderr: string): string {
  const lines = stderr.split('\n').filter(line => line.trim() !== '')
  return lines.find(line => /Error|:/.test(line) && !/^node:/.test(line)) ?? ''
}

/** Where the mask is, and whether what NODE_OPTIONS names there exists. */
function installedFindings(where: Surroundings): Finding[] {
  const targets = installedTargets(where).filter(isMask)
  const findings = targets.map(({ text, file }) =>
    good(`installed: ${text} (${file})`),
  )
  const isNeeded = targets.some(({ place }) => place.reach !== 'image')
  if (!isNeeded || existsSync(join(where.root, where.stub))) return findings
  const missing = bad(
    `${where.stub} is missing, so programs that get NODE_OPTIONS from a file or unit do not start: mongowatch-install-mask --install stub`,
  )
  return [...findings, missing]
}

const isMask = ({ place }: Target) =>
  place.name !== 'config' && place.name !== 'stub'
