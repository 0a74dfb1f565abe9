/** The name under which records go to other systems. */
export const PRODUCT = 'mongowatch'
