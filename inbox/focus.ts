/** Puts the focus where somebody goes on. @param selectors the first that finds something gets it. */
export function moveTo(...selectors: string[]): void {
  for (const selector of selectors) {
    const element = document.querySelector<HTMLElement>(selector);
    if (element) {
      element.focus();
      return;
    }
  }
}
