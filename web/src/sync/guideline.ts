import type { Guideline } from "../core/guideline";
import { get, post, put, send } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}/guideline`;

/** One version of the guideline, the newest for 0. */
export function guideline(project: string, version = 0): Promise<Guideline> {
  return get(`${at(project)}?version=${version}`);
}

/** Stores the next version; after is the one that was changed. */
export function setGuideline(project: string, text: string, after: number): Promise<Guideline> {
  return put(at(project), { text, after });
}

/** Says that she was shown a version. Without a line she is told once more. */
export async function readGuideline(project: string, version: number): Promise<void> {
  await post(`${at(project)}/read`, { version }).catch(() => undefined);
}

/** Brings a picture along and returns how the text names it. */
export async function bringPicture(project: string, file: File): Promise<string> {
  const kept = await send<{ drawing: string }>(`${at(project)}/pictures`, file, file.type || "image/jpeg");
  return `picture:${kept.drawing}`;
}
