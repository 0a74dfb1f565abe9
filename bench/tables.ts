/** Figures by row and column, as console.table takes them. */
export type Rows = Record<string, Record<string, number | string>>

/** Such tables by their titles. */
export type Tables = Record<string, Rows>

/** Prints them. */
export function showTables(tables: Tables): void {
  for (const [title, rows] of Object.entries(tables)) {
    console.log(`\n${title}`)
    console.table(rows)
  }
}
