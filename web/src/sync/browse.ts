import type { Change, ChangeAct } from "../core/chosen";
import { newId } from "../core/id";
import type { ItemRow } from "../core/project";
import { type Tally, toQuery, type View, type Wanted } from "../core/wanted";
import { del, get, post, put } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`;

/** A page of pictures; the first is counted. */
export interface Found {
  items: ItemRow[] | null;
  next: string;
  tally: Tally | null;
}

/** A page of what is wanted, the one after a cursor. */
export function wanted(project: string, w: Wanted, cursor: string, limit: number): Promise<Found> {
  const q = new URLSearchParams(toQuery(w));
  q.set("limit", String(limit));
  if (cursor) q.set("cursor", cursor);
  return get(`${at(project)}/items?${q}`);
}

/** The named searches of a project. */
export async function views(project: string): Promise<View[]> {
  return (await get<{ views: View[] | null }>(`${at(project)}/views`)).views ?? [];
}

/** Gives a search a name; returns the id it has from now on. */
export async function keepView(project: string, name: string, search: Wanted): Promise<string> {
  const id = newId();
  await put(`${at(project)}/views/${id}`, { name, search });
  return id;
}

/** Takes a named search away. */
export function dropView(project: string, view: string): Promise<void> {
  return del(`${at(project)}/views/${encodeURIComponent(view)}`);
}

/** Does something to the pictures that are named, or to all that a search finds; a batch is where they are put, empty for none. */
export function change(project: string, act: ChangeAct, of: { items: string[] } | { search: Wanted }, batch = ""): Promise<Change> {
  return post(`${at(project)}/changes`, { id: newId(), act, ...of, ...(batch && { batch }) });
}

/** How far it is. */
export function changed(project: string, id: string): Promise<Change> {
  return get(`${at(project)}/changes/${id}`);
}

/** Takes it back. */
export function undo(project: string, id: string): Promise<Change> {
  return post(`${at(project)}/changes/${id}/undo`, {});
}

/** One thing that happened to a picture. */
export interface Happening {
  at: number;
  kind: string;
  by: string;
  class: string;
  round: number;
  note: string;
}

/** Everything that happened to a picture, oldest first. */
export async function history(project: string, item: string): Promise<Happening[]> {
  return (await get<{ happenings: Happening[] | null }>(`${at(project)}/items/${encodeURIComponent(item)}/history`)).happenings ?? [];
}
