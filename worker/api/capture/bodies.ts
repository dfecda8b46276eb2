/** What a visitor's page is answered, as schemas: evaluated for the API's description only. The types are shared/'s own. */
import * as z from "zod/mini";
import type { CaptureAnswer as CaptureAnswerType, Challenge as ChallengeType } from "../../../shared/capture-api.ts";
import { ProofChallenge } from "../../../shared/capture-request.ts";
import { FormSteps } from "../../../shared/form-steps.ts";
import { LanguageTag } from "../../../shared/form-translations.ts";
import {
  FORM_MODES,
  FormConsent,
  FormField,
  FormTexts,
  FormTheme,
  type PublicForm as PublicFormType,
} from "../../../shared/lead-fields.ts";
import { said } from "../http/openapi.ts";
import { Problem } from "../http/problem-body.ts";

export const PublicField = z.omit(FormField, { maps_to: true });

export const PublicForm = z.object({
  id: z.string(),
  locale: z.optional(said("The language of its words, where the owner has said which it is.", LanguageTag)),
  mode: z.enum(FORM_MODES),
  fields: z.array(PublicField),
  needs_more: z.optional(said("The form has a rare kind of field, a condition or steps.", z.literal(true))),
  steps: z.optional(FormSteps),
  consent: z.optional(FormConsent),
  texts: FormTexts,
  theme: FormTheme,
  honeypot: said("The name of the field that people do not see and only programs fill in.", z.string()),
}) satisfies z.ZodMiniType<PublicFormType>;

export const CaptureAnswer = z.object({
  id: z.uuid(),
  created_at: z.iso.datetime(),
  thanks: z.optional(z.object({ title: z.optional(z.string()), text: z.optional(z.string()) })),
  redirect_url: z.optional(said("Where the form's owner wants the visitor to go next.", z.url())),
}) satisfies z.ZodMiniType<CaptureAnswerType>;

export const Challenge = z.object({
  proof: z.optional(said("A proof of work.", ProofChallenge)),
  turnstile: z.optional(
    said("Where the form has a key of Turnstile.", z.object({ site_key: z.string(), script: z.url() })),
  ),
}) satisfies z.ZodMiniType<ChallengeType>;
export const ChallengeProblem = z.extend(Problem, { challenge: Challenge });
