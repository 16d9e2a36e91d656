import type { Brought, Look, Plan, Taking } from "../core/table";
import { get, post, send } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`;
const LOOK_EVERY = 400;

/** Brings a table; nothing is taken in yet. */
export function bring(project: string, file: File): Promise<Brought> {
  return send(`${at(project)}/tables?name=${encodeURIComponent(file.name)}`, file, "text/csv");
}

/** What would become of a table by a plan. */
export function look(project: string, table: string, plan: Plan): Promise<Look> {
  return post(`${at(project)}/tables/${encodeURIComponent(table)}/look`, plan);
}

/** Takes a table in and gives what became of it; told hears how far it is. */
export async function take(project: string, table: string, plan: Plan, told: (v: Taking) => void): Promise<{ id: string; end: Taking }> {
  const { taking: id } = await post<{ taking: string }>(`${at(project)}/tables/${encodeURIComponent(table)}/take`, plan);
  for (;;) {
    const v = await get<Taking>(`${at(project)}/taking/${encodeURIComponent(id)}`);
    told(v);
    if (v.state !== "waiting" && v.state !== "running") return { id, end: v };
    await new Promise((ok) => setTimeout(ok, LOOK_EVERY));
  }
}

/** Where the refused lines are fetched from. */
export function refusedUrl(project: string, taking: string): string {
  return `${at(project)}/taking/${encodeURIComponent(taking)}/refused`;
}
