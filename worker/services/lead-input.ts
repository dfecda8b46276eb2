/** What colleagues say of a lead, and what it means in the organization's own words. */
import type { FieldProblem } from "../domain/failure.ts";
import type { StatusRow } from "../store/pipelines.ts";
import { isSource, statusOfKey, type Vocabulary } from "./vocabulary.ts";

export interface LeadInput {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  /** undefined keeps what is there, null empties it. */
  location?: string | null;
  message?: string | null;
  /** Keys of the organization's vocabulary. */
  status?: string;
  source?: string;
  /** A user's name; undefined keeps the owner. */
  assignee?: string;
}

/** What is no choice of the organization's. @param pipelineId the lead's own. */
export function choices(
  vocabulary: Vocabulary,
  input: LeadInput,
  pipelineId: number,
): { status?: StatusRow; problems: FieldProblem[] } {
  const status = input.status === undefined ? undefined : statusOfKey(vocabulary, input.status, pipelineId);
  const problems: FieldProblem[] = [];
  if (input.status !== undefined && !status) problems.push({ field: "status", code: "choice" });
  if (input.source !== undefined && !isSource(vocabulary, input.source)) {
    problems.push({ field: "source", code: "choice" });
  }
  return { status, problems };
}
