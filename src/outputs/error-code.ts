/** True for an error of the system with one of these codes. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return codes.includes(String(error.code))
}
