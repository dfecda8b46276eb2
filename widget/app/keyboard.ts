/** A phone's keyboard covers the page without changing its height: the frame's sheet is to stand on the keyboard. */
export function followKeyboard(frame: HTMLElement, signal: AbortSignal): void {
  const view = window.visualViewport;
  const fit = () => {
    const covered = view ? innerHeight - view.height - view.offsetTop : 0;
    frame.style.setProperty("--keyboard", `${Math.max(covered, 0)}px`);
  };
  view?.addEventListener("resize", fit, { signal });
}
