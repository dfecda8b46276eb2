/** The few functions of Node that workerd offers and Foyer uses; Node's own types would bring all of Node. */
declare module "node:crypto" {
  export function createHmac(
    algorithm: "sha256",
    key: Uint8Array,
  ): { update(text: string): { digest(encoding: "hex"): string } };
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
  export function randomBytes(bytes: number): Uint8Array;
  export function scrypt(
    password: string,
    salt: Uint8Array,
    bytes: number,
    options: { N: number; r: number; p: number; maxmem: number },
    done: (error: Error | null, hash: Uint8Array) => void,
  ): void;
}

declare module "node:async_hooks" {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, act: () => R): R;
    getStore(): T | undefined;
  }
}
