// No top-level await (`--require` could not load this file then), and nothing
// loaded through the ESM loader, which other hooks may have changed.
import { createRequire } from 'node:module'

createRequire(import.meta.url)('./register.cjs')
