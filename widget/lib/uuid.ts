/**
 * A random UUID, version 4. `crypto.randomUUID` is missing on pages without https; the name of a blob, which is one, is
 * not.
 */
export function uuid(): string {
  const url = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(url);
  return url.slice(-36);
}
