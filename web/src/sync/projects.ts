import type { Class, ItemRow, ItemView, Job, Person, Progress, ProjectCard, ProjectView, Settings } from "../core/project";
import { del, get, patch, post, put } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`;

/** All projects one works in. */
export async function projects(): Promise<ProjectCard[]> {
  return (await get<{ projects: ProjectCard[] | null }>("/api/projects")).projects ?? [];
}

/** One project with its classes and counts. */
export function project(id: string): Promise<ProjectView> {
  return get(at(id));
}

/** A new project; its id is made here, so that repeating is harmless. */
export function addProject(body: { id: string; name: string; question: string; classes: Class[]; settings?: Partial<Settings> }): Promise<ProjectView> {
  return post("/api/projects", body);
}

/** Changes name, question or rules. */
export function changeProject(id: string, body: { name?: string; question?: string; settings?: Partial<Settings> }): Promise<ProjectView> {
  return patch(at(id), body);
}

/** A new version of the classes. */
export function setClasses(id: string, classes: Class[]): Promise<unknown> {
  return put(`${at(id)}/classes`, { classes });
}

/** Everything the project page shows. */
export function progress(id: string): Promise<Progress> {
  return get(`${at(id)}/progress`);
}

/** Long work of a project. */
export async function jobs(id: string): Promise<Job[]> {
  return (await get<{ jobs: Job[] | null }>(`${at(id)}/jobs`)).jobs ?? [];
}

/** Stops long work. */
export function cancelJob(id: string, job: string): Promise<unknown> {
  return del(`${at(id)}/jobs/${encodeURIComponent(job)}`);
}

/** One page of pictures, most doubtful first where the server orders them. */
export function items(id: string, cursor: string, limit: number): Promise<{ items: ItemRow[] | null; next?: string | null }> {
  const q = new URLSearchParams({ limit: String(limit) });
  if (cursor) q.set("cursor", cursor);
  return get(`${at(id)}/items?${q}`);
}

/** One picture with all that is known about it. */
export function item(id: string, of: string): Promise<ItemView> {
  return get(`${at(id)}/items/${encodeURIComponent(of)}`);
}

/** Everybody of the organisation. */
export async function people(): Promise<Person[]> {
  return (await get<{ people: Person[] | null }>("/api/people")).people ?? [];
}

/** A one-time link for a new person. */
export function invite(name: string, role: string): Promise<{ url: string; expires: number }> {
  return post("/api/people/links", { name, role });
}

/** Where a table of a project is fetched from. */
export function exportUrl(id: string, format: "csv" | "votes"): string {
  return `${at(id)}/export?format=${format}`;
}
