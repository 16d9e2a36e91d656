// What a reviewer sees of a task that people could not settle.
import type { Class } from "./project";

/** A task in the list of reviews. */
export interface ReviewTask {
  task: string;
  item: string;
  thumb: string;
  /** Somebody asks for a person. */
  asked: boolean;
}

/** One answer; nobody is named. The class goes by its name. */
export interface ReviewVote {
  person: number;
  answer: string;
  class: string;
  reason?: string;
  afterSeen: boolean;
}

/** A decision of a reviewer. */
export interface Decision {
  class: string;
  note: string;
  gold?: boolean;
  stored: number;
}

/** A task with its picture and all answers. */
export interface ReviewView extends ReviewTask {
  pictures: Record<string, string>;
  width: number;
  height: number;
  votes: ReviewVote[] | null;
  decided: Decision | null;
}

/** How many people said each class, by its id. */
export function heads(votes: readonly ReviewVote[], classes: readonly Class[]): Map<string, number> {
  const n = new Map<string, number>();
  for (const v of votes) {
    const c = v.answer === "class" ? classes.find((one) => one.name === v.class) : undefined;
    if (c) n.set(c.id, (n.get(c.id) ?? 0) + 1);
  }
  return n;
}

/** The first task that was not put aside, in the order of the list. */
export function upNext(list: readonly ReviewTask[], aside: ReadonlySet<string>, besides = ""): ReviewTask | undefined {
  return list.find((one) => !aside.has(one.task) && one.task !== besides);
}

/** The list with newly read tasks: their order counts, and what was decided meanwhile stays out. */
export function merged(fresh: readonly ReviewTask[], decided: ReadonlySet<string>): ReviewTask[] {
  return fresh.filter((one) => !decided.has(one.task));
}
