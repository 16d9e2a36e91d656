import type { MismatchPage, SkillPage, WorkView } from "../core/skill";
import { get, post } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`;

/** What one did oneself, by the days of this device's clock. */
export function ownWork(): Promise<WorkView> {
  return get(`/api/me/work?offset=${-new Date().getTimezoneOffset()}`);
}

/** One page of the settled pictures on which one's own answer differs. */
export function mismatches(project: string, cursor: string): Promise<MismatchPage> {
  return get(`${at(project)}/mismatches?${new URLSearchParams({ cursor })}`);
}

/** Asks for a person to look at one of them again. */
export function appeal(project: string, task: string): Promise<void> {
  return post(`${at(project)}/appeals`, { task });
}

/** One page of a project's annotators and how well they answer. */
export function skills(project: string, cursor: string): Promise<SkillPage> {
  return get(`${at(project)}/skills?${new URLSearchParams({ cursor })}`);
}

/** Where the people of a project in figures are fetched from. */
export function peopleTable(project: string): string {
  return `${at(project)}/people.csv`;
}
