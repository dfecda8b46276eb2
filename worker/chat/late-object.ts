/**
 * A Durable Object whose code is loaded when the first of its kind lives: the platform wants its class of the Worker's
 * main module, which every fresh isolate reads, also where nobody chats. Until the code is there nothing is delivered to
 * the object; from then on the next ones of the isolate are made at once.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import type { Late } from "../services/late.ts";

/** What the platform hands to every object of ours. */
export interface Body {
  fetch(request: Request): Promise<Response>;
  webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void>;
  webSocketClose(socket: WebSocket, code: number): Promise<void>;
  webSocketError(socket: WebSocket): Promise<void>;
}
/** The code of a kind of objects. */
export type Making<T> = new (ctx: DurableObjectState, env: Env) => T;

export abstract class LateObject<T extends Body> extends DurableObject<Env> implements Body {
  /** What it really is. Not to be reached by RPC, which sees methods alone. */
  inner!: T;

  constructor(ctx: DurableObjectState, env: Env, code: Late<Making<T>>) {
    super(ctx, env);
    if (code.known) this.inner = new code.known(ctx, env);
    else {
      void ctx.blockConcurrencyWhile(async () => {
        this.inner = new (await code.load())(ctx, env);
      });
    }
  }
  override fetch(request: Request): Promise<Response> {
    return this.inner.fetch(request);
  }
  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    return this.inner.webSocketMessage(socket, message);
  }
  override webSocketClose(socket: WebSocket, code: number): Promise<void> {
    return this.inner.webSocketClose(socket, code);
  }
  override webSocketError(socket: WebSocket): Promise<void> {
    return this.inner.webSocketError(socket);
  }
}
