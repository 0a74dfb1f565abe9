import type { Program } from './command.ts'
import { checkConfig } from './commands/check-config.ts'
import { completion } from './commands/completion.ts'
import { convertConfig } from './commands/convert-config.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { tail } from './commands/tail.ts'
import { verify } from './commands/verify.ts'
import { COMMON_ENVIRONMENT, CONFIG_FILES } from './notes.ts'

/** `mongowatch`: everything that is no tool of its own. */
export const mongowatch: Program = {
  name: 'mongowatch',
  summary: 'check, try and read the audit of MongoDB operations',
  description: [
    'Tools around the audit that mongowatch writes of what a Node application asks of MongoDB.',
  ],
  commands: [
    checkConfig,
    convertConfig,
    doctor,
    demo,
    tail,
    verify,
    completion,
  ],
  files: CONFIG_FILES,
  environment: COMMON_ENVIRONMENT,
}
