/** What every answer of the CRM is wrapped in. The status stands in the body, too. */
export type FieldErrors = Record<string, string[]>;

export interface Envelope<T> {
  status_code: number;
  errors: FieldErrors;
  data: T;
}

export function envelope<T extends object>(
  status: number,
  data: T,
  errors: FieldErrors = {},
  headers: Record<string, string> = {},
): Response {
  const body: Envelope<T> = { status_code: status, errors, data };
  // Personal data, whatever the answer.
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}
