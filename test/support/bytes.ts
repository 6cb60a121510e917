/** A stream of bytes in pieces of a given size, as a request or a file gives it. */
export async function* streamOf(content: string | Uint8Array, pieceBytes = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let start = 0; start < bytes.length; start += pieceBytes) yield await Promise.resolve(bytes.subarray(start, start + pieceBytes));
}

/** Everything that a stream yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
