/** How databases fill: no chance in it, only sizes. */
import { BYTES_PER_LEAD, FILL, GIGABYTES_LIMIT } from "./assumptions.ts";

const GIGABYTE = 1e9;

/** Months until so many leads a year have filled one database. What a purge empties stays as rows. */
export const monthsUntilFull = (leadsPerYear: number): number =>
  (12 * GIGABYTES_LIMIT * GIGABYTE) / (leadsPerYear * BYTES_PER_LEAD);

/** Of the 10 GB, once as many leads go as come; above 1 they do not fit. */
export const fullWith = (leadsPerYear: number, retentionMonths: number): number =>
  retentionMonths / monthsUntilFull(leadsPerYear);

/** Leads that one database may hold when it is as full as is planned. */
export const LEADS_A_DATABASE = Math.floor((FILL * GIGABYTES_LIMIT * GIGABYTE) / BYTES_PER_LEAD);

/** Databases for all leads that are kept, as full as is planned, were they spread evenly. */
export const databasesFor = (leadsPerYear: number, retentionMonths: number): number =>
  Math.ceil((leadsPerYear * retentionMonths) / 12 / LEADS_A_DATABASE);
