// What a project promises, in the numbers a person reads.

/** The newest promise and how far its proof is. */
export interface PromiseState {
  state: "open" | "due" | "kept" | "miss" | "small";
  target: number;
  delta: number;
  pictures: number;
  audit: number;
  /** Of the drawn pictures, how many still want answers. */
  asked: number;
  /** And how many wait for somebody who decides. */
  review: number;
  /** Answers it is expected to take still. */
  more: number;
  /** Pictures the child decides: expected, or certified. */
  accepted: number;
  /** Enough was asked at random for a forecast. */
  known: boolean;
}

/** What a promise would cost. */
export interface Price {
  pictures: number;
  audit: number;
  each: number;
  answers: number;
  least: number;
  allowed: number;
  words: "ok" | "small" | "flawless" | "dear";
}

/** Of how many of 100 classes one may promise that they are right. */
export const TARGETS = [80, 85, 90, 95, 97, 98, 99];

/** How many times of 100 the promise must hold. */
export const SURE = [90, 95, 99];

/** A share as whole parts of 100. */
export function of100(share: number): number {
  return Math.round(100 * share);
}

/** Parts of 100 that may be wrong, never rounded down. */
export function wrongOf100(share: number): number {
  return Math.ceil(Math.round(1e6 * share) / 1e4);
}

/** Names the sentence that tells how far the proof of a promise is. */
export function stage(p: PromiseState): "small" | "kept" | "people" | "miss" | "review" | "drawn" | "forecast" | "early" {
  if (p.state === "kept" && p.accepted === 0) return "people";
  if (p.state === "small" || p.state === "kept" || p.state === "miss") return p.state;
  if (p.asked === 0 && p.review > 0) return "review";
  if (p.state === "due") return "drawn";
  return p.known && p.accepted > 0 ? "forecast" : "early";
}
