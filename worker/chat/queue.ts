/** Acts that are done one after the other, in the order in which they were asked for: one is over before the next begins. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what the act does; a failure is its caller's, and keeps nothing from coming after it. */
  add<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
