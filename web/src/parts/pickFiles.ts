import { isJunk, kindOf } from "../core/upload";

/** A file with the path it had in its folder. */
export interface Picked {
  file: File;
  path: string;
}

/** What someone dropped or chose, sorted by kind. */
export interface Pick {
  pictures: Picked[];
  zips: Picked[];
  others: Picked[];
}

/** Sorts chosen files into pictures, zips and the rest; what systems leave in folders goes unsaid. */
export function sortFiles(files: readonly Picked[]): Pick {
  const out: Pick = { pictures: [], zips: [], others: [] };
  for (const f of files) {
    if (isJunk(f.path)) continue;
    const kind = kindOf(f.file.name, f.file.type);
    (kind === "picture" ? out.pictures : kind === "zip" ? out.zips : out.others).push(f);
  }
  return out;
}

/** The files of an input, with their folder paths. */
export function fromInput(input: HTMLInputElement): Picked[] {
  return [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** The files of a drop, folders walked to their ends. */
export async function fromDrop(transfer: DataTransfer): Promise<Picked[]> {
  const entries = [...transfer.items].map((i) => i.webkitGetAsEntry?.() ?? null);
  if (entries.every((e) => e === null)) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const out: Picked[] = [];
  for (const e of entries) if (e) await walk(e, out);
  return out;
}

async function walk(entry: FileSystemEntry, out: Picked[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((ok) => (entry as FileSystemFileEntry).file(ok, () => ok(null)));
    if (file) out.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  for (const child of await children(entry as FileSystemDirectoryEntry)) await walk(child, out);
}

/** All entries of a folder: the reader gives them in lots of at most a hundred. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const out: FileSystemEntry[] = [];
  for (;;) {
    const lot = await new Promise<FileSystemEntry[]>((ok) => reader.readEntries(ok, () => ok([])));
    if (lot.length === 0) return out;
    out.push(...lot);
  }
}

/** Names of the folders that hold pictures directly, when there are 2 to 40 of them. */
export function folderNames(files: readonly Picked[]): string[] {
  const names = new Set<string>();
  for (const f of files) {
    const parts = f.path.split("/");
    if (parts.length >= 2) names.add(parts[parts.length - 2]!);
  }
  return names.size >= 2 && names.size <= 40 ? [...names].sort() : [];
}
