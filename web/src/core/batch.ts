// Batches: pictures of a project that belong together.

/** When the pictures of a batch are asked. */
export type Priority = "high" | "normal" | "low";

/** All priorities, in the order of asking. */
export const PRIORITIES: readonly Priority[] = ["high", "normal", "low"];

/** The most letters of a batch's name. */
export const LONGEST_BATCH = 80;

/** A batch and how far it is. */
export interface Batch {
  id: string;
  name: string;
  priority: Priority;
  /** Answers each picture gets at least; 0 for as many as the project asks for. */
  overlap: number;
  pictures: number;
  done: number;
}

/** The batch of a name, spaces around it apart. */
export function named(batches: readonly Batch[], name: string): Batch | undefined {
  return batches.find((b) => b.name === name.trim());
}

/** The numbers of answers a batch can ask for: the project's, told by 0, and more than it; what it asks for now is among them. */
export function overlaps(project: number, now: number): number[] {
  const more = Array.from({ length: Math.max(0, 9 - project) }, (_, i) => project + 1 + i);
  return now === 0 || more.includes(now) ? [0, ...more] : [0, now, ...more].sort((a, b) => a - b);
}
