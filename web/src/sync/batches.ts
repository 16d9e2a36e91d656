import { type Batch, named } from "../core/batch";
import { newId } from "../core/id";
import { del, get, put } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}/batches`;

/** The batches of a project, those asked first first. */
export async function batches(project: string): Promise<Batch[]> {
  return (await get<{ batches: Batch[] | null }>(at(project))).batches ?? [];
}

/** Makes a batch, or changes its name, priority or overlap. */
export function putBatch(project: string, b: Pick<Batch, "id" | "name" | "priority" | "overlap">): Promise<void> {
  return put(`${at(project)}/${encodeURIComponent(b.id)}`, { name: b.name.trim(), priority: b.priority, overlap: b.overlap });
}

/** Takes a batch away that has no pictures. */
export function dropBatch(project: string, id: string): Promise<void> {
  return del(`${at(project)}/${encodeURIComponent(id)}`);
}

/** The id of the batch of a name, which is made where there is none; empty for no name. */
export async function batchOf(project: string, name: string): Promise<string> {
  if (!name.trim()) return "";
  const known = named(await batches(project), name);
  if (known) return known.id;
  const id = newId();
  await putBatch(project, { id, name, priority: "normal", overlap: 0 });
  return id;
}
