// How the backups of the server are, as its owner reads it, and the commands that make one.

/** One backup: it holds what was acknowledged before it was made. */
export interface Kept {
  made: number;
  folder: string;
  answers: number;
  items: number;
}

/** The backups of the server; what never happened is left out. */
export interface Backups {
  data: string;
  to: string;
  every: number; // seconds between those that are made by themselves, 0 for none
  keep: number; // how many verified ones of these stay, 0 for all
  unproven: number; // others in the folder, neither counted nor removed
  verified?: Kept;
  last?: Kept;
  failed?: { at: number; why: string };
  due: boolean;
}

/** The commands that make a backup, let it be made by itself and bring one back. */
export function commands(b: Backups): { make: string; often: string; restore: string } {
  const to = quoted(b.to || "BACKUPS");
  return {
    make: `akhra backup --data ${quoted(b.data)} --out ${to} --verify`,
    often: `akhra serve --data ${quoted(b.data)} --backup ${to} --backup-every 24h`,
    restore: `akhra restore ${quoted(b.verified?.folder ?? "BACKUPS/20260131-180000.000")} --data NEW --verify`,
  };
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}

/** How often that is, in the largest whole unit. */
export function often(seconds: number): { unit: "day" | "days" | "hours" | "time"; n: number } {
  const hours = seconds / 3600;
  if (hours === 24) return { unit: "day", n: 1 };
  if (hours % 24 === 0) return { unit: "days", n: hours / 24 };
  return Number.isInteger(hours) ? { unit: "hours", n: hours } : { unit: "time", n: seconds };
}
