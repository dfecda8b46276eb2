/**
 * The beginning of a stream, and the end of the wait for the rest.
 * @returns at most `limitBytes` bytes, and whether there were more.
 * @throws where the stream fails.
 */
export async function readHead(
  stream: ReadableStream<Uint8Array>,
  limitBytes: number,
): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  while (length <= limitBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  // Nobody is told that the rest is not wanted: a sender who hears an error sends again.
  if (length > limitBytes) await reader.cancel().catch(() => {});
  const bytes = new Uint8Array(Math.min(length, limitBytes));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, bytes.length - at), at);
    at += chunk.length;
  }
  return { bytes, isCut: length > limitBytes };
}
