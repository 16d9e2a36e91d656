// The state of sending many pictures: what waits, what is under way, what became of each.
import type { ImportReport, Refusal } from "./project";

/** How many pictures travel at the same time. */
export const PARALLEL = 3;

/** How often one picture is tried before it counts as not sent. */
export const TRIES = 6;

/** What one file is. */
export type Kind = "picture" | "zip" | "other";

/** Counts of an upload. */
export interface Tally {
  total: number;
  imported: number;
  known: number;
  refused: number;
  failed: number;
  reasons: Refusal[];
}

/** A tally of nothing. */
export const NOTHING: Tally = { total: 0, imported: 0, known: 0, refused: 0, failed: 0, reasons: [] };

/** What became of one picture. */
export type Outcome = "imported" | "known" | "refused" | "failed";

const pictures = /\.(jpe?g|png|gif|webp|bmp|tiff?)$/i;
const junk = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/** Tells what a file is by its name and type. */
export function kindOf(name: string, type: string): Kind {
  if (/\.zip$/i.test(name) || type === "application/zip" || type === "application/x-zip-compressed") return "zip";
  if (pictures.test(name) || (type.startsWith("image/") && !type.includes("svg"))) return "picture";
  return "other";
}

/** Files that systems leave in folders and nobody means to send. */
export function isJunk(path: string): boolean {
  return junk.test(path);
}

/** The tally with more to do. */
export function expect(t: Tally, more: number): Tally {
  return { ...t, total: t.total + more };
}

/** The tally after one picture. */
export function count(t: Tally, outcome: Outcome, why?: Refusal): Tally {
  const reasons = why && t.reasons.length < 100 ? [...t.reasons, why] : t.reasons;
  return { ...t, [outcome]: t[outcome] + 1, reasons };
}

/** The sum of a tally and what a zip import reports. */
export function withReport(t: Tally, r: ImportReport | null | undefined, total: number): Tally {
  if (!r) return { ...t, total: t.total + total };
  const reasons = [...t.reasons, ...(r.reasons ?? [])].slice(0, 100);
  return {
    total: t.total + Math.max(total, r.imported + r.known + r.refused),
    imported: t.imported + r.imported,
    known: t.known + r.known,
    refused: t.refused + r.refused,
    failed: t.failed,
    reasons,
  };
}

/** How many have been settled one way or the other. */
export function settled(t: Tally): number {
  return t.imported + t.known + t.refused + t.failed;
}

/** Minutes that are left at the pace so far, null before there is a pace. */
export function minutesLeft(t: Tally, startedAt: number, now: number): number | null {
  const done = settled(t);
  const spent = now - startedAt;
  if (done < 5 || spent < 2000 || done >= t.total) return null;
  return Math.max(1, Math.round((spent / done) * (t.total - done) / 60000));
}

/** How long to wait before the n-th try again, chance in [0, 1). */
export function pause(attempt: number, chance: number): number {
  return Math.min(30000, 500 * 2 ** attempt) * (0.5 + chance / 2);
}

/** Whether an answer of the server is worth another try. */
export function worthRetry(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

/** Whether the same bytes may be taken later: the line or the server failed, or somebody has to sign in first. */
export function maySendAgain(status: number): boolean {
  return status === 401 || worthRetry(status);
}
