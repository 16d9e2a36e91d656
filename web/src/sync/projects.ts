import type { Class, ItemView, Job, Progress, ProjectCard, ProjectState, ProjectView, Settings } from "../core/project";
import type { Explanation } from "../core/explain";
import type { ClassUses } from "../core/relabel";
import type { Price } from "../core/promise";
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

/** Asks about each class by itself, yes or no. */
export async function askEach(id: string, classes: Class[]): Promise<ProjectCard[]> {
  return (await post<{ projects: ProjectCard[] }>(`${at(id)}/family`, { classes })).projects;
}

/** The table of a family: two columns for each class. */
export function familyTable(id: string): string {
  return `${at(id)}/family`;
}

/** Changes name, question or rules. */
export function changeProject(id: string, body: { name?: string; question?: string; settings?: Partial<Settings> }): Promise<ProjectView> {
  return patch(at(id), body);
}

/** What the child knows and why. */
export function explain(id: string): Promise<Explanation> {
  return get(`${at(id)}/explain`);
}

/** Pauses a project, archives it, removes it (its name is typed) or brings it back. */
export function setState(id: string, state: ProjectState, name = ""): Promise<ProjectView> {
  return put(`${at(id)}/state`, { state, name });
}

/** Deletes a project for good; its name is typed. */
export function eraseProject(id: string, name: string): Promise<void> {
  return post(`${at(id)}/erase`, { name });
}

/** What a promise would cost. */
export function promisePrice(id: string, target: number, delta: number): Promise<Price> {
  return get(`${at(id)}/promise?target=${target}&delta=${delta}`);
}

/** A new version of the classes. */
export function setClasses(id: string, classes: Class[]): Promise<unknown> {
  return put(`${at(id)}/classes`, { classes });
}

/** What names each class, before one is merged, split or deleted. */
export function classUses(id: string): Promise<ClassUses> {
  return get(`${at(id)}/classes`);
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

/** One picture with all that is known about it. */
export function item(id: string, of: string): Promise<ItemView> {
  return get(`${at(id)}/items/${encodeURIComponent(of)}`);
}

/** Makes a class the known answer of a picture. */
export function setGold(id: string, of: string, cls: string): Promise<void> {
  return put(`${at(id)}/items/${encodeURIComponent(of)}/gold`, { class: cls });
}

/** Takes the known answer of a picture away. */
export function removeGold(id: string, of: string): Promise<void> {
  return del(`${at(id)}/items/${encodeURIComponent(of)}/gold`);
}

/** Where the newest certificate of a project is fetched from. */
export function certificateUrl(id: string): string {
  return `${at(id)}/export?format=certificate`;
}

/** Where the taught model of a project is fetched from. */
export function modelUrl(id: string, format: "akhra" | "onnx"): string {
  return `${at(id)}/model?format=${format}`;
}
