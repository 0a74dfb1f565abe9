import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import t from 'tap'
import { serveFolder, useBrowser, WINDOWS } from '../fixtures/browser.ts'
import { ROOT } from '../fixtures/run.ts'

const SITE = join(ROOT, 'out/docs')
const FACTS = join(ROOT, 'test/fixtures/page-facts.js')
const PICTURES = join(ROOT, 'out/screenshots')

/** What a page says of itself. */
interface Facts {
  /** Ids that a link can name. */
  readonly ids: string[]
  /** Addresses of its links, absolute. */
  readonly links: string[]
  /** Pixels that are beside the window; above 0 the page would scroll. */
  readonly tooWide: number
}

t.test('the site that npm run docs made', async t => {
  const files = readdirSync(SITE, { recursive: true, encoding: 'utf8' })
  const pages = files.filter(file => file.endsWith('.html')).sort()
  const address = await serveFolder(t, SITE)
  const browser = await useBrowser(t)
  const errors: string[] = []
  const open = async (size: keyof typeof WINDOWS): Promise<Page> => {
    const page = await browser.newPage({ viewport: WINDOWS[size] })
    await page.addInitScript({ path: FACTS })
    page.on('console', message => {
      if (message.type() !== 'error') return
      errors.push(`${page.url()} ${message.text()}`)
    })
    page.on('pageerror', error => errors.push(`${page.url()} ${error}`))
    return page
  }

  await t.test('has every guide of docs/', async t => {
    const guides = readdirSync(join(ROOT, 'docs'))
    for (const guide of guides.filter(name => name.endsWith('.md'))) {
      const name = basename(guide, '.md')
      const title = name.replace(/^./, first => first.toUpperCase())
      t.ok(pages.includes(`documents/${title}.html`), guide)
    }
  })

  const facts = new Map<string, Facts>()
  for (const size of ['wide', 'narrow'] as const)
    await t.test(`fits into a ${size} window`, async t => {
      mkdirSync(join(PICTURES, size), { recursive: true })
      const page = await open(size)
      for (const file of pages) {
        await page.goto(`${address}/${file}`)
        await page.waitForSelector('.col-content', { state: 'visible' })
        const said = await page.evaluate<Facts>('pageFacts()')
        t.ok(said.tooWide <= 0, `${file}: ${said.tooWide} px`)
        facts.set(`${address}/${file}`, said)
        const name = `${basename(file, '.html')}.png`
        await page.screenshot({ path: join(PICTURES, size, name) })
      }
    })

  await t.test('has no link into the void', async t => {
    let seen = 0
    for (const [page, { links }] of facts)
      for (const link of links) {
        const [target = '', anchor = ''] = link.split('#')
        if (!target.startsWith(address)) continue
        seen++
        const path = target.slice(address.length + 1)
        if (!files.includes(path)) t.fail(`${page}: ${link} is no file`)
        const ids = facts.get(target)?.ids
        if (anchor !== '' && !ids?.includes(decodeURIComponent(anchor)))
          t.fail(`${page}: ${link} is no place`)
      }
    t.ok(seen > 1000, `${seen} links`)
  })

  await t.test('is gone through by its navigation', async t => {
    const page = await open('wide')
    await page.goto(`${address}/index.html`)
    const navigation = page.locator('nav.tsd-navigation')
    await navigation.getByText('Configuration', { exact: true }).click()
    await page.waitForURL('**/documents/Configuration.html')
    t.equal(await page.locator('h1').last().textContent(), 'Configuration')
  })

  await t.test('is gone through by the menu of a narrow window', async t => {
    const page = await open('narrow')
    await page.goto(`${address}/index.html`)
    const link = page
      .locator('nav.tsd-navigation')
      .getByText('Filters', { exact: true })
    t.equal(await link.isVisible(), false)
    await page.locator('#tsd-toolbar-menu-trigger').click()
    await link.click()
    await page.waitForURL('**/documents/Filters.html')
  })

  await t.test('is found in by its search', async t => {
    const page = await open('wide')
    await page.goto(`${address}/index.html`)
    await page.locator('#tsd-search-trigger').click()
    await page.locator('#tsd-search-input').fill('patchMongodb')
    await page.locator('#tsd-search-results a').first().click()
    await page.waitForURL('**/API.patchMongodb.html*')
    t.match(await page.locator('h1').textContent(), 'patchMongodb')
  })

  await t.test('is dark where that is wished', async t => {
    const page = await open('wide')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(`${address}/documents/Configuration.html`)
    await page.waitForSelector('.col-content', { state: 'visible' })
    const colour = await page.evaluate<string>(
      'getComputedStyle(document.body).backgroundColor',
    )
    t.equal(colour, 'rgb(16, 32, 26)')
    await page.screenshot({ path: join(PICTURES, 'dark.png') })
  })

  t.same(errors, [], 'nothing was wrong in the console')
})
