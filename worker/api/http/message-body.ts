/** `{"message": …}` as a schema. Evaluated for the API's description only. */
import * as z from "zod/mini";
import { type Answer, json } from "./openapi.ts";

export const Message = z.object({ message: z.string() });

export const messageAnswer = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: json(Message),
  ...(headers ? { headers } : {}),
});
