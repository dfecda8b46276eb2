/**
 * A load generator: so many connections, each asking as soon as it is answered. Every answer's status is checked, so that
 * nobody is fast by refusing.
 */
import { Agent, request } from "node:http";

export interface Ask {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}
export interface Answered {
  status: number;
  body: string;
  /** From the first byte sent to the last one read. */
  ms: number;
}
export interface Driven {
  perSecond: number;
  /** Of each answer, in milliseconds. */
  times: number[];
}

/** So many connections, which are kept. */
export const connections = (most: number): Agent => new Agent({ keepAlive: true, maxSockets: most });

/** @throws where the answer is no success. */
export function send(agent: Agent, url: string, { method = "GET", path, headers, body }: Ask): Promise<Answered> {
  const start = performance.now();
  return new Promise((done, failed) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(`${url}${path}`, { agent, method, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", failed);
      answer.on("end", () => {
        const { statusCode: status = 0 } = answer;
        const text = Buffer.concat(chunks).toString();
        if (status >= 200 && status < 300) done({ status, body: text, ms: performance.now() - start });
        else failed(new Error(`${method} ${url}${path}: ${status} ${text.slice(0, 300)}`));
      });
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

/**
 * @param until how long to go on, in milliseconds, or how many requests to send.
 * @param ask the request of a number, from 0 on.
 */
export async function drive(
  url: string,
  { width, until, ask }: { width: number; until: { ms: number } | { count: number }; ask: (number: number) => Ask },
): Promise<Driven> {
  const agent = connections(width);
  const times: number[] = [];
  const start = performance.now();
  let next = 0;
  const isOver = () => ("ms" in until ? performance.now() - start >= until.ms : next >= until.count);
  const one = async () => {
    while (!isOver()) {
      const number = next;
      next += 1;
      times.push((await send(agent, url, ask(number))).ms);
    }
  };
  try {
    await Promise.all(Array.from({ length: width }, one));
    return { perSecond: (times.length / (performance.now() - start)) * 1_000, times };
  } finally {
    agent.destroy();
  }
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
export const median = (values: number[]): number => quantile(values, 0.5);

/**
 * Asks one contender after the other, again and again: a busy moment hits all of them. Each round begins with another, and
 * every second goes backwards, so that nobody always comes right after somebody who has warmed the same process.
 */
export async function inRounds<T>(contenders: T[], rounds: number, act: (one: T) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const order = contenders.map((_, place) => contenders[(place + (round >> 1)) % contenders.length] as T);
    for (const one of round % 2 === 0 ? order : order.reverse()) await act(one);
  }
}
