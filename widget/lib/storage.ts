/** localStorage where it is allowed. Private windows, full disks and strict settings make it throw: then it is empty. */

/** @returns the text under the key, or null. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Writes the text, or removes the key where the text is null. Never throws. @returns whether it stands there now. */
export function remember(key: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    // Sending goes on from memory.
    return false;
  }
}

/** Every key with this start. */
export function recallKeys(start: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}
