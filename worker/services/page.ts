/** A page of a list that is walked by places, forwards or backwards. */

export interface Neighbours {
  hasNext: boolean;
  hasPrevious: boolean;
}

/**
 * @param read one row more than the limit where there is one, in reading direction.
 * @param isInside something came before where the page starts; of a page that is read backwards the rows tell.
 * @returns the rows in the list's order.
 */
export function pageOf<T>(
  read: T[],
  { limit, isBackward, isInside }: { limit: number; isBackward: boolean; isInside: boolean },
): Neighbours & { rows: T[] } {
  const rows = read.slice(0, limit);
  const hasMore = read.length > limit;
  if (isBackward) return { rows: rows.reverse(), hasNext: true, hasPrevious: hasMore };
  return { rows, hasNext: hasMore, hasPrevious: isInside };
}
