import type { Dataset, Format, Freezing } from "../core/dataset";
import { said } from "../core/server";
import { t } from "../core/words";
import { get, post, Problem } from "./api";

const at = (project: string) => `/api/projects/${encodeURIComponent(project)}`;
const LOOK_EVERY = 300;

/** The frozen versions of a project, newest first. */
export async function datasets(project: string): Promise<Dataset[]> {
  return (await get<{ datasets: Dataset[] | null }>(`${at(project)}/datasets`)).datasets ?? [];
}

/** Freezes what the project delivers now and gives the version once it is whole; told hears how far it is. */
export async function freeze(project: string, body: { format: Format; name?: string; licence?: string }, told: (f: Freezing) => void): Promise<string> {
  const { freezing } = await post<{ freezing: string }>(`${at(project)}/datasets`, body);
  for (;;) {
    const f = await get<Freezing>(`${at(project)}/freezing/${encodeURIComponent(freezing)}`);
    told(f);
    if (f.state === "done" && f.dataset) return f.dataset;
    if (f.state === "failed" || f.state === "cancelled") throw new Problem(409, "conflict", f.note ? said(f.note) : t("page.lineDown"));
    await new Promise((ok) => setTimeout(ok, LOOK_EVERY));
  }
}

/** Where the bytes of a version are fetched from. */
export function fileUrl(project: string, dataset: string): string {
  return `${at(project)}/datasets/${encodeURIComponent(dataset)}/file`;
}

/** Where its card is fetched from. */
export function cardUrl(project: string, dataset: string): string {
  return `${at(project)}/datasets/${encodeURIComponent(dataset)}/card`;
}

/** Lets the browser keep a file, as a press on a link would. */
export function fetchFile(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
