import type { ReviewTask, ReviewView } from "../core/review";
import { get, post } from "./api";
import type { Thought } from "./outbox";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}/reviews`;

/** The tasks she may decide, the most pressing first, and how many there are. */
export async function reviews(project: string, limit: number): Promise<{ left: number; tasks: ReviewTask[] }> {
  const list = await get<{ left: number; tasks: ReviewTask[] | null }>(`${at(project)}?limit=${limit}`);
  return { left: list.left, tasks: list.tasks ?? [] };
}

/** One of them with its picture and all answers. */
export function review(project: string, task: string): Promise<ReviewView> {
  return get(`${at(project)}/${encodeURIComponent(task)}`);
}

/** A decision; its id is made here, so that repeating is harmless. */
export interface Settle {
  id: string;
  task: string;
  class: string;
  note?: string;
  gold?: boolean;
}

/** Decides a task, and tells what the child thought of it. */
export async function settle(project: string, body: Settle): Promise<Thought | null> {
  return (await post<{ thought: Thought | null }>(at(project), body)).thought;
}
