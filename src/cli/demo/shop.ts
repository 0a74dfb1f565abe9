import { setTimeout as pause } from 'node:timers/promises'
import { type Collection, MongoClient } from 'mongodb'
import {
  type Customer,
  makeCustomers,
  makeOrders,
  makeProducts,
  type Order,
  type Product,
} from './shop-data.ts'

// An ordinary application: nothing here knows that it is watched.

interface Shop {
  products: Collection<Product>
  customers: Collection<Customer>
  orders: Collection<Order>
}

const MONTH_AGO = new Date(Date.now() - 30 * 86_400_000)

/** What happens in the shop, scene by scene. */
const SCENES: Record<string, (shop: Shop) => Promise<unknown>> = {
  'fills its shelves': fillShelves,
  'welcomes a customer, twice by mistake': welcome,
  'takes orders': takeOrders,
  'answers questions': answerQuestions,
  'serves three customers at once': serveThree,
  'looks through its orders': lookThroughOrders,
  'counts its money': countMoney,
  'tidies up and closes': tidyUp,
}

async function fillShelves({ products, customers }: Shop): Promise<void> {
  await products.createIndex({ sku: 1 }, { unique: true })
  await customers.createIndex({ email: 1 }, { unique: true })
  await products.insertMany(makeProducts())
  await customers.insertMany(makeCustomers())
}

async function welcome({ customers }: Shop): Promise<void> {
  const linus = { email: 'linus@example.com', name: 'Linus', city: 'Oslo' }
  await customers.insertOne({ ...linus })
  await customers.insertOne({ ...linus }).catch(() => {
    console.log('... who is in the book already')
  })
}

async function takeOrders({ orders, products }: Shop): Promise<void> {
  await orders.insertMany(makeOrders(450))
  await products.bulkWrite([
    {
      updateOne: { filter: { sku: 'TEA-1' }, update: { $inc: { stock: -3 } } },
    },
    {
      updateMany: {
        filter: { stock: { $lt: 42 } },
        update: { $inc: { stock: 20 } },
      },
    },
    { deleteOne: { filter: { sku: 'SPI-5' } } },
  ])
}

async function answerQuestions({ products, orders }: Shop): Promise<void> {
  const cheap = { price: { $lt: 8 }, category: { $in: ['tea', 'coffee'] } }
  await products.find(cheap).sort({ price: 1 }).limit(5).toArray()
  await products.findOne({ name: 'smoked tea' })
  await products.distinct('category')
  await orders.countDocuments({ status: 'open' })
  await orders.estimatedDocumentCount()
}

async function serveThree({ products, orders }: Shop): Promise<void> {
  const sell = (sku: string) =>
    products.findOneAndUpdate({ sku }, { $inc: { stock: -1 } })
  await Promise.all([sell('TEA-2'), sell('COF-1'), sell('COC-3')])
  await orders.updateOne({ number: 1 }, { $set: { status: 'paid' } })
}

async function lookThroughOrders({ orders }: Shop): Promise<void> {
  let quantity = 0
  for await (const order of orders.find({}, { batchSize: 150 }))
    quantity += order.quantity
  console.log(`... ${quantity} things sold`)
  const sent = orders.find({ status: 'sent' }, { batchSize: 50 })
  for await (const order of sent) if (order.quantity > 3) break
}

async function countMoney({ orders }: Shop): Promise<void> {
  await orders
    .aggregate([{ $group: { _id: '$status', orders: { $sum: 1 } } }])
    .toArray()
  const sameDay = {
    from: 'orders',
    let: { day: { $dayOfYear: '$placedAt' } },
    pipeline: [
      { $match: { $expr: { $eq: [{ $dayOfYear: '$placedAt' }, '$$day'] } } },
    ],
    as: 'sameDay',
  }
  const together = [
    { $match: { number: { $lte: 100 } } },
    { $lookup: sameDay },
    { $group: { _id: null, busiest: { $max: { $size: '$sameDay' } } } },
  ]
  await orders.aggregate(together).toArray() // nobody made an index
}

async function tidyUp({ products, customers, orders }: Shop): Promise<void> {
  await orders.deleteMany({ status: 'sent', placedAt: { $lt: MONTH_AGO } })
  for (const collection of [orders, customers, products])
    await collection.drop()
}

async function main(): Promise<void> {
  const client = new MongoClient(process.env.SHOP_URI ?? '', {
    appName: 'shop',
  })
  const db = client.db(process.env.SHOP_DB)
  const shop: Shop = {
    products: db.collection('products'),
    customers: db.collection('customers'),
    orders: db.collection('orders'),
  }
  for (const [title, play] of Object.entries(SCENES)) {
    console.log(title)
    await pause(250) // nobody is in a hurry here
    await play(shop)
    await pause(150)
  }
  await client.close()
}

main().catch(error => {
  console.error(String(error))
  process.exitCode = 1
})
