import type { CheckedConfig } from './build-settings.ts'
import { checkFolders } from './check-folders.ts'
import { checkMethods } from './check-methods.ts'
import { checkModules } from './check-modules.ts'
import { checkTls } from './check-tls.ts'
import type { ConfigNode } from './node.ts'
import type { ConfigProblem } from './problem.ts'

/**
 * What only `check-config` looks at: whether modules can be loaded, whether
 * the driver has the methods, whether files can be made, whether certificates
 * can be read. An application would pay for it at every start, and learn
 * nothing that it could use.
 */
export function thoroughChecks(
  config: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return [
    ...checkModules(config, root),
    ...checkMethods(config, root),
    ...checkFolders(config, root),
    ...checkTls(config, root),
  ]
}
