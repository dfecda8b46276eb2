/**
 * A room's own storage: its state, its messages in their order, and each sender's ids once. A room in which nothing was
 * said has none; one that has ended and was saved keeps the fact, and whose it was.
 */
import type { Entry, RoomForm, RoomState, StoredMessage } from "./room-state.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY,
    author TEXT NOT NULL,
    client_id TEXT,
    json TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS message_once ON message (author, client_id) WHERE client_id IS NOT NULL;
`;

/** What is left of a room: whose it was, and since when it is over. */
export interface Tombstone {
  organizationId: number;
  at: number;
}

/** The room that may stand in the database without having begun. */
export type Opening = Pick<RoomState, "roomId" | "formId" | "organizationId">;

/** Whose ids a message's id is one of. */
export const authorOf = (message: Pick<StoredMessage, "by" | "operatorId">): string =>
  message.by === "operator" ? `operator ${message.operatorId}` : message.by;

export class RoomLog {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** As it was written last; undefined for a room in which nothing was said, or that is over. */
  readState = (): RoomState | undefined => this.#storage.kv.get<RoomState>("state");
  readTombstone = (): Tombstone | undefined => this.#storage.kv.get<Tombstone>("tombstone");

  /** The form as the room last saw it: for when the database does not answer. */
  readForm = (): RoomForm | undefined => this.#storage.kv.get<RoomForm>("form");
  keepForm(form: RoomForm): void {
    this.#storage.kv.put("form", form);
  }

  /** What a connection said of itself, where that is too long to stay with its socket. */
  readEntry = (): Entry | undefined => this.#storage.kv.get<Entry>("entry");
  keepEntry(entry: Entry): void {
    this.#storage.kv.put("entry", entry);
  }

  /** That the database was asked to open the room: until the room is open, or is known not to be. */
  readOpening = (): Opening | undefined => this.#storage.kv.get<Opening>("opening");
  keepOpening(opening: Opening | null): void {
    if (opening === null) this.#storage.kv.delete("opening");
    else this.#storage.kv.put("opening", opening);
  }

  /** Opens the room: with the form, and its first messages. */
  begin(form: RoomForm): void {
    this.#storage.sql.exec(TABLES);
    this.#storage.kv.delete("entry");
    this.keepOpening(null);
    this.keepForm(form);
  }

  /** A change and what was said with it: both are stored, or neither. @throws for an id that its sender has used. */
  write(state: RoomState, messages: readonly StoredMessage[]): void {
    this.#storage.transactionSync(() => {
      for (const message of messages) {
        this.#storage.sql.exec(
          "INSERT INTO message (seq, author, client_id, json) VALUES (?, ?, ?, ?)",
          message.seq,
          authorOf(message),
          message.id ?? null,
          JSON.stringify(message),
        );
      }
      this.#storage.kv.put("state", state);
    });
  }

  /** What the sender said under this id. */
  find(author: Pick<StoredMessage, "by" | "operatorId">, id: string): StoredMessage | undefined {
    const [found] = this.#read("author = ? AND client_id = ?", authorOf(author), id);
    return found;
  }

  /** In their order. */
  after(seq: number): StoredMessage[] {
    return this.#read("seq > ?", seq);
  }

  /** Forgets everything, and keeps that it did. */
  bury(tombstone: Tombstone): Promise<void> {
    const forgotten = this.#storage.deleteAll();
    this.#storage.kv.put("tombstone", tombstone);
    return forgotten;
  }

  #read(where: string, ...values: (string | number)[]): StoredMessage[] {
    return this.#storage.sql
      .exec<{ json: string }>(`SELECT json FROM message WHERE ${where} ORDER BY seq`, ...values)
      .toArray()
      .map(({ json }) => JSON.parse(json) as StoredMessage);
  }
}
