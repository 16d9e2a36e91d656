// What is sent for one answer, as the server's Annotation reads it.
import { newId } from "./id";

/** A task as it was leased: one picture, one question. */
export interface Task {
  id: string;
  task: string;
  item: string;
  pictures: Record<string, string>;
  width: number;
  height: number;
  /** The class that the child offers; absent where she answers blind. */
  proposal?: string;
  /** The undo that this answer follows, when the picture came back. */
  follows?: string;
  /** She was told what the child thinks of it, before it came back. */
  told?: boolean;
}

/** The class that is offered with a picture, empty for none: what she was told of it once goes before. */
export function offered(task: Task | null): string {
  return task && !task.told ? (task.proposal ?? "") : "";
}

export type Kind = "class" | "not_sure" | "skip" | "undo" | "strike";

/** The closed list of reasons a skip may carry, in the order they are offered. */
export const REASONS = ["broken", "not_this_kind", "class_missing", "class_wrong", "upsetting", "other"] as const;
export type Reason = (typeof REASONS)[number];

/** One answer. Its id, made here, is what makes sending it twice harmless; it carries the time as well, and the server knows the assignment's task. */
export interface Annotation {
  id: string;
  assignment: string;
  answer: Kind;
  class?: string;
  reason?: Reason;
  replaces?: string;
  afterSeen?: boolean;
  tookMillis: number;
}

/** What a person says of a picture. */
export type Said = { answer: "class"; class: string } | { answer: "not_sure" } | { answer: "skip"; reason: Reason };

const LONGEST = 24 * 3600 * 1000;

/** The annotation of what was said of a task, which was seen for some milliseconds. */
export function annotation(of: Task, said: Said, seen: number, now = Date.now()): Annotation {
  const a: Annotation = { id: newId(now), assignment: of.id, ...said, tookMillis: took(seen) };
  if (of.follows) a.replaces = of.follows;
  if (of.told) a.afterSeen = true;
  return a;
}

/** The annotation that says that a picture is not of the class that was put to her. */
export function strike(of: Task, seen: number, now = Date.now()): Annotation {
  const a: Annotation = { id: newId(now), assignment: of.id, answer: "strike", tookMillis: took(seen) };
  if (of.follows) a.replaces = of.follows;
  if (of.told) a.afterSeen = true;
  return a;
}

/** The annotation that takes another one back. */
export function undo(of: Annotation, now = Date.now()): Annotation {
  return { id: newId(now), assignment: of.assignment, answer: "undo", replaces: of.id, tookMillis: 0 };
}

function took(ms: number): number {
  return Math.min(LONGEST, Math.max(0, Math.round(ms)));
}
