/**
 * Everybody who asks the server until it dies. Each request and each answer is a moment; at a given one the server is killed,
 * in the very call, while the requests of all others are on their way.
 */
import type { Agent } from "node:http";
import { LineLost } from "../load/chat-lines.ts";
import { type Ask, connections, send } from "../load/drive.ts";
import type { Mortal } from "./mortal.ts";

/** No answer came, since the server is dead: nobody knows what has become of the request. */
export class Lost extends Error {}

export class Caller {
  readonly url: string;
  readonly #agent: Agent = connections(32);
  readonly #kill: () => void;
  #moments: number;
  #isDead = false;

  /** @param moments after how many the server is killed; left out, it lives on. */
  constructor({ url, kill }: Mortal, moments = Number.POSITIVE_INFINITY) {
    this.url = url;
    this.#kill = kill;
    this.#moments = moments;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** @returns the answer's body. @throws Lost; or what is wrong with an answer that is no success. */
  async ask<T>(ask: Ask): Promise<T> {
    const { body } = await this.through(send(this.#agent, this.url, ask));
    return (body === "" ? undefined : JSON.parse(body)) as T;
  }

  /** The same for whatever else waits for the server. */
  async through<T>(asked: Promise<T>): Promise<T> {
    // Whoever kills between two moments of their own still waits for this one.
    asked.catch(() => {});
    this.#pass();
    try {
      const answer = await asked;
      this.#pass();
      return answer;
    } catch (error) {
      const isCut = error instanceof LineLost || (error as NodeJS.ErrnoException).code !== undefined;
      throw this.#isDead && isCut ? new Lost() : error;
    }
  }

  /** Takes step after step until the server is dead. @returns whether the last one got no answer. */
  async untilDeath(step: () => Promise<unknown>): Promise<boolean> {
    while (!this.#isDead) {
      try {
        await step();
      } catch (error) {
        if (error instanceof Lost) return true;
        throw error;
      }
    }
    return false;
  }

  end(): void {
    this.#agent.destroy();
  }

  #pass(): void {
    this.#moments -= 1;
    if (this.#moments > 0 || this.#isDead) return;
    this.#isDead = true;
    this.#kill();
  }
}
