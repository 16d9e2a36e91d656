import { Problem, postPacked } from "./api";
import { t } from "../core/words";

/** What became of the answers of a file. */
export interface Brought {
  person: string;
  stored: number;
  duplicate: number;
  refused: number;
  reasons: { id: string; reason: string }[];
}

/** Brings in a file of answers; bringing it again is harmless. */
export async function bring(file: File): Promise<Brought> {
  let body: unknown;
  try {
    body = JSON.parse(await file.text());
  } catch {
    throw new Problem(400, "invalid", t("answers.noFile"));
  }
  return postPacked("/api/outbox", body);
}
