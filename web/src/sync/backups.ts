import type { Backups } from "../core/backup";
import { get } from "./api";

/** How the backups of the server are. */
export function backups(): Promise<Backups> {
  return get("/api/backups");
}
