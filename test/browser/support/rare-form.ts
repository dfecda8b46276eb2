/** A form with every rare kind of field, a condition, and steps for who wants them. */
import type { FormSteps } from "../../../shared/form-steps.ts";
import type { FormField } from "../../../shared/lead-fields.ts";

const options = [
  { value: "starter", label: "Starter" },
  { value: "team", label: "Team" },
  { value: "whole", label: "Everybody in the company, with a label long enough to wrap" },
];

export const RARE_FIELDS: FormField[] = [
  { name: "email", type: "email", label: "E-mail", required: true, maps_to: "email" },
  { name: "site", type: "url", label: "Website", required: false, placeholder: "www.example.com" },
  { name: "budget", type: "number", label: "Budget", required: false, min: 1, step: 0.5, help: "In thousands." },
  { name: "plan", type: "radio", label: "Plan", required: true, options },
  { name: "topics", type: "checkboxes", label: "Topics", required: false, options, min: 2, max: 2 },
  { name: "day", type: "date", label: "Day", required: false, min: "2026-03-02" },
  { name: "hour", type: "time", label: "Hour", required: false, max: "17:00" },
  { name: "joy", type: "rating", label: "Joy", required: true },
  { name: "praise", type: "rating", label: "Praise", required: false, max: 10 },
  {
    name: "why",
    type: "textarea",
    label: "Why so little?",
    required: true,
    visible_if: { field: "joy", op: "lte", value: 2 },
  },
];

export const STEPS: FormSteps = [
  { title: "You", fields: ["email", "site", "budget"] },
  { title: "Your wishes", fields: ["plan", "topics", "day", "hour"] },
  { title: "Your view", fields: ["joy", "praise", "why"] },
];
