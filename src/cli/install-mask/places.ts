import type { Place } from './place.ts'
import { COMPOSE } from './places/compose.ts'
import { DOCKERFILE } from './places/dockerfile.ts'
import { ENVIRONMENT_PLACES } from './places/environment-files.ts'
import { KUBERNETES } from './places/kubernetes.ts'
import { NPM_SCRIPT } from './places/npm-script.ts'
import { PM2 } from './places/pm2.ts'
import { CONFIG } from './places/sample-config.ts'
import { SHELL_PLACES } from './places/shells.ts'
import { STUB } from './places/stub.ts'
import { SYSTEMD } from './places/systemd.ts'

/** Every place that can carry the mask, in the order of the menu. */
export const PLACES: readonly Place[] = [
  ...SHELL_PLACES,
  ...ENVIRONMENT_PLACES,
  SYSTEMD,
  DOCKERFILE,
  COMPOSE,
  KUBERNETES,
  PM2,
  NPM_SCRIPT,
  CONFIG,
  STUB,
]
