/** Something on the shelves. */
export interface Product {
  sku: string
  name: string
  category: string
  price: number
  stock: number
}

/** Somebody who buys. */
export interface Customer {
  email: string
  name: string
  city: string
}

/** What somebody bought. */
export interface Order {
  number: number
  email: string
  sku: string
  quantity: number
  status: 'open' | 'paid' | 'sent'
  placedAt: Date
}

const CATEGORIES = ['tea', 'coffee', 'cocoa', 'spice']
const KINDS = ['mild', 'strong', 'rare', 'smoked', 'green']
const NAMES = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan', 'Frances']
const CITIES = ['Oslo', 'Lisbon', 'Vienna']
const STATUSES = ['open', 'paid', 'sent'] as const
const DAY_MS = 86_400_000

/** Products of every kind in every category. */
export function makeProducts(): Product[] {
  return CATEGORIES.flatMap((category, row) =>
    KINDS.map((kind, column) => ({
      sku: `${category.slice(0, 3).toUpperCase()}-${column + 1}`,
      name: `${kind} ${category}`,
      category,
      price: 3 + row * 2 + column,
      stock: 40 + column,
    })),
  )
}

/** A customer of every name. */
export function makeCustomers(): Customer[] {
  return NAMES.map((name, i) => ({
    email: `${name.toLowerCase()}@example.com`,
    name,
    city: pick(CITIES, i),
  }))
}

/** Orders of the last weeks. */
export function makeOrders(count: number): Order[] {
  const products = makeProducts()
  const customers = makeCustomers()
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1,
    email: pick(customers, i).email,
    sku: pick(products, i * 7).sku,
    quantity: 1 + (i % 4),
    status: pick(STATUSES, i),
    placedAt: new Date(Date.now() - (i % 60) * DAY_MS),
  }))
}

function pick<T>(list: readonly T[], i: number): T {
  return list[i % list.length] as T
}
