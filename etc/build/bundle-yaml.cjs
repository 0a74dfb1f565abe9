/**
 * npm run bundle: what reading a configuration needs of the `yaml` package, in
 * one file. Loading the package's 70 files costs every audited process five
 * times the CPU time that this one takes (npm run bench:config).
 *
 *     node etc/build/bundle-yaml.cjs [FILE]
 */
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { buildSync } = require('esbuild')

const ROOT = join(__dirname, '../..')
const USED =
  'Composer, Lexer, LineCounter, Parser, YAMLParseError, isAlias, isMap, isScalar, isSeq'
const { version } = require('yaml/package.json')
const licence = readFileSync(
  require.resolve('yaml').replace(/dist.*/, 'LICENSE'),
  'utf8',
)

buildSync({
  stdin: { contents: `export { ${USED} } from 'yaml'`, resolveDir: ROOT },
  outfile: process.argv[2] ?? join(ROOT, 'dist/config/yaml-bundle.js'),
  bundle: true,
  platform: 'neutral', // the package's ES modules: what is not used is left out
  format: 'cjs',
  target: 'node20',
  minifyWhitespace: true,
  banner: { js: `/*! Part of yaml ${version}\n\n${licence}*/` },
})
