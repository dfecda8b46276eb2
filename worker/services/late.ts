/**
 * Code that is loaded when it is first wanted, so that a fresh isolate reads no more than it needs. What came of loading is
 * kept, and not its promise: that would end with the request that made it.
 */
export class Late<T> {
  /** Once it is loaded. */
  known: T | undefined;
  readonly #load: () => Promise<T>;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Tried again where it has failed. */
  async load(): Promise<T> {
    this.known ??= await this.#load();
    return this.known;
  }
}
