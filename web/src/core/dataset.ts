// What a project delivers, as the pages read it from the server.

/** The forms of a frozen version, in the order they are offered. */
export const FORMATS = ["csv", "votes", "jsonl", "imagenet"] as const;
export type Format = (typeof FORMATS)[number];

/** One frozen version. */
export interface Dataset {
  id: string;
  no: number;
  name: string;
  format: Format;
  sha256: string;
  size: number;
  named: boolean;
  by: string;
  created: number;
  pictures: number;
  classed: number;
  answers: number;
  certified: boolean;
}

/** How far the freezing of a version is. */
export interface Freezing {
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number;
  dataset?: string;
  note?: string;
}
