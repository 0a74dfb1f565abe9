/** Cuts a line to so many bytes of UTF-8, with a mark that says how many went. */
export function cutLine(line: string, longest: number): string {
  if (line.length * 3 <= longest) return line
  const bytes = Buffer.from(line)
  if (bytes.length <= longest) return line
  const room = longest - mark(bytes.length).length
  const end = characterStart(bytes, room)
  return bytes.toString('utf8', 0, end) + mark(bytes.length - end)
}

function mark(bytes: number): string {
  return ` [cut ${bytes} bytes]`
}

/** The last position up to `index` where no character is torn. */
function characterStart(bytes: Buffer, index: number): number {
  let start = index
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return start
}
