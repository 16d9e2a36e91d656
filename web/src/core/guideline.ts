// What people are told before they answer.
import { pictures } from "./markdown";
import { pictureUrl } from "./project";

/** The guideline as a project shows it to one person. */
export interface GuidelineNow {
  version: number;
  text: string;
  /** She was not shown this version yet. */
  news: boolean;
}

/** One version of a guideline, and which others there are. */
export interface Guideline {
  version: number;
  text: string;
  created: number;
  versions: { version: number; created: number }[];
}

export const LONGEST_GUIDELINE = 20_000;

/** The address of a picture that was brought along for the guideline. */
export function guidelinePicture(project: string, id: string): string {
  return `/api/pictures/${encodeURIComponent(project)}/guideline/${encodeURIComponent(id)}`;
}

/** The addresses of all pictures that a guideline shows. */
export function guidelinePictures(project: string, text: string): string[] {
  return pictures(text).map((p) => (p.from === "item" ? pictureUrl(project, p.id, 720) : guidelinePicture(project, p.id)));
}
