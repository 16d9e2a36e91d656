import { type FoundRow, type Search, ungroup } from "../core/finding";
import { get, post } from "./api";

/** How many pictures a search brings. */
const MOST = 120;

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`;

/** What was found, and how many pictures are compared of how many while that goes on. */
export interface Found {
  rows: FoundRow[];
  done: number;
  of: number;
}

/** Groups of nearly the same pictures: while all are compared, those found before. */
export async function doubles(project: string): Promise<Found> {
  const list = await get<{ groups: Parameters<typeof ungroup>[0] | null; done: number; of: number }>(`${at(project)}/doubles`);
  return { rows: ungroup(list.groups ?? []), done: list.done, of: list.of };
}

/** What the server finds, in its order; nothing for the search by doubt, which the page does itself. */
export async function find(project: string, search: Search): Promise<FoundRow[]> {
  if (search.by === "doubt" || search.by === "same") return [];
  const path = search.by === "like" ? `items/${encodeURIComponent(search.of.id)}/similar` : "suspects";
  return (await get<{ items: FoundRow[] | null }>(`${at(project)}/${path}?limit=${MOST}`)).items ?? [];
}

/** Sends a picture that may be wrong to the second look. */
export function askReview(project: string, task: string): Promise<void> {
  return post(`${at(project)}/suspects`, { task });
}
