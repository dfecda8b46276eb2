/**
 * Keeps what is drawn still while a pointer is down in the frame. A problem that appears as a field loses the focus
 * would push the button away from under the finger that is pressing it, and the press would be lost.
 * @returns does the work at once, or when the pointer is up and its click is through.
 */
export function watchPress(frame: HTMLElement, signal: AbortSignal): (work: () => void) => void {
  let isDown = false;
  let later: (() => void)[] = [];
  const release = () =>
    setTimeout(() => {
      isDown = false;
      for (const work of later) work();
      later = [];
    });
  frame.addEventListener("pointerdown", () => {
    isDown = true;
  });
  for (const type of ["pointerup", "pointercancel"]) addEventListener(type, release, { signal });
  return (work) => {
    if (isDown) later.push(work);
    else work();
  };
}
