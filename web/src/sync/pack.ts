// A pack on this device: pictures, classes and examples to work from without a
// line. It is taken, filled up and given back through the server; between, all
// is read from the device.
import { signal } from "@preact/signals";
import type { Task } from "../core/annotation";
import { guidelinePictures } from "../core/guideline";
import { newId } from "../core/id";
import { type ProjectView, live, pictureUrl } from "../core/project";
import { Problem, del, put } from "./api";
import { type Device, type PackRow, type PackTask, openDevice } from "./device";
import type { Outbox } from "./outbox";
import { fitting } from "./pictures";
import { project as readProject } from "./projects";
import { busily } from "./shell";

const PICTURES = "pictures"; // the cache that the worker reads
const AT_ONCE = 4;
const TRIES = 4;
const BETWEEN = 2000;
const SOON = 1500; // how long she waits for what is new

/** What hinders a pack. Full: the device has no more room. */
export type PackProblem = "" | "line-down" | "full" | "refused";

/** One person's pack of one project, and how far it is. */
export class Pack {
  readonly row = signal<PackRow | null>(null);
  readonly total = signal(0);
  readonly left = signal(0);
  /** Pictures that are on the device, of all that are to be; whole once all are. */
  readonly here = signal(0);
  readonly wanted = signal(0);
  readonly whole = signal(false);
  readonly bytes = signal(0);
  readonly busy = signal(false);
  readonly problem = signal<PackProblem>("");
  /** The server's sentence, when it refused. */
  readonly refusal = signal("");

  private constructor(private readonly db: Device, readonly person: string, readonly project: string) {}

  static async open(person: string, project: string): Promise<Pack> {
    const pack = new Pack(await openDevice(), person, project);
    await pack.recount();
    return pack;
  }

  close(): void {
    this.db.close();
  }

  /** The next tasks that are not answered, without those named. */
  async tasks(n: number, without: ReadonlySet<string>): Promise<Task[]> {
    const open = await this.db.getAllFromIndex("tasks", "open", [this.person, this.project, 1], n + without.size);
    await this.recount();
    return open.filter((t) => !without.has(t.assignment)).slice(0, n).map((t) => t.task);
  }

  /** Classes and question as they are now, or, without a line, as they were when the pack was taken. Null when there is no pack. */
  async view(): Promise<ProjectView | null> {
    const row = this.row.peek();
    if (!row) return null;
    const fresh = readProject(this.project).then((view) => this.db.put("packs", { ...row, view }).then(() => view));
    return Promise.race([fresh, new Promise<ProjectView>((ok) => setTimeout(ok, SOON, row.view))]).catch(() => row.view);
  }

  /** Takes a pack of n pictures, or fills hers up to n; then its pictures come. */
  async take(n: number, side: number, outbox: Outbox): Promise<void> {
    await this.hindered(async () => {
      this.whole.value = false;
      await outbox.send();
      const view = await readProject(this.project);
      const id = this.row.peek()?.id ?? newId();
      const pack = await put<{ until: number; assignments: Task[] }>(`${this.at()}/${id}`, { n });
      const answered = new Set(await outbox.assignments());
      await this.keep({ person: this.person, project: this.project, id, until: pack.until, side, view }, pack.assignments.filter((t) => !answered.has(t.id)));
      await navigator.storage?.persist?.();
      await this.fetchAll();
    });
  }

  /** Goes on fetching pictures where it was cut off. */
  resume(): Promise<void> {
    return this.hindered(() => this.fetchAll());
  }

  /** Gives back what is not answered, and forgets the pack; answers that wait stay. */
  async giveBack(outbox: Outbox): Promise<void> {
    await this.hindered(async () => {
      await outbox.send();
      await del(`${this.at()}/${this.row.peek()!.id}`).catch((e: unknown) => {
        if (!(e instanceof Problem) || e.status !== 404) throw e; // it is gone already
      });
      await this.forget();
    });
  }

  private at(): string {
    return `/api/projects/${encodeURIComponent(this.project)}/packs`;
  }

  private async hindered(work: () => Promise<void>): Promise<void> {
    if (this.busy.peek()) return;
    this.busy.value = true;
    this.problem.value = "";
    try {
      await busily(work());
    } catch (e) {
      const refused = e instanceof Problem && e.status >= 400 && e.status < 500;
      this.refusal.value = refused ? e.message : "";
      this.problem.value = e instanceof DOMException && e.name === "QuotaExceededError" ? "full" : refused ? "refused" : "line-down";
    } finally {
      this.busy.value = false;
      await this.recount();
    }
  }

  private async keep(row: PackRow, tasks: readonly Task[]): Promise<void> {
    const tx = this.db.transaction(["packs", "tasks"], "readwrite");
    void tx.objectStore("packs").put(row);
    for (const task of tasks) void tx.objectStore("tasks").put({ assignment: task.id, person: this.person, project: this.project, open: 1, task });
    await tx.done;
    await this.recount();
  }

  private async recount(): Promise<void> {
    const of: [string, string] = [this.person, this.project];
    this.row.value = (await this.db.get("packs", of)) ?? null;
    this.total.value = await this.db.countFromIndex("tasks", "of", of);
    this.left.value = await this.db.countFromIndex("tasks", "open", [...of, 1]);
  }

  /** Fetches every picture that is not on the device, a few at a time. */
  private async fetchAll(): Promise<void> {
    const row = this.row.peek();
    if (!row) return;
    this.whole.value = false;
    const cache = await caches.open(PICTURES);
    const urls = [...examplesOf(this.project, row.view), ...(await this.open()).map((t) => fitting(t.task, row.side))];
    this.wanted.value = urls.length;
    this.here.value = this.bytes.value = 0;
    const next = urls.values();
    const hand = async () => {
      for (const url of next) {
        this.bytes.value += await keepPicture(cache, url);
        this.here.value++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, hand));
    this.whole.value = true;
  }

  private open(): Promise<PackTask[]> {
    return this.db.getAllFromIndex("tasks", "open", [this.person, this.project, 1]);
  }

  /** Forgets the pack, and those of its pictures that no other pack here shows. */
  private async forget(): Promise<void> {
    const tx = this.db.transaction(["packs", "tasks"], "readwrite");
    await tx.objectStore("packs").delete([this.person, this.project]);
    const tasks = tx.objectStore("tasks");
    for (const key of await tasks.index("of").getAllKeys([this.person, this.project])) await tasks.delete(key);
    const others = new Set((await tasks.getAll()).map((t) => t.task.item));
    const packs = await tx.objectStore("packs").getAll();
    await tx.done;
    const examples = new Set(packs.flatMap((p) => examplesOf(p.project, p.view)));
    const cache = await caches.open(PICTURES);
    for (const { url } of await cache.keys()) {
      const path = new URL(url).pathname;
      if (!others.has(path.split("/")[4] ?? "") && !examples.has(path)) await cache.delete(path);
    }
  }
}

/** The packs of a person on this device. */
export async function packsOf(person: string): Promise<PackRow[]> {
  const db = await openDevice();
  try {
    return await db.getAllFromIndex("packs", "person", person);
  } finally {
    db.close();
  }
}

/** The pictures of the guideline and the examples of the classes. */
function examplesOf(project: string, view: ProjectView): string[] {
  return guidelinePictures(project, view.guideline?.text ?? "").concat(live(view.labelSet.classes).flatMap((c) => (c.examples ?? []).map((item) => pictureUrl(project, item, 320))));
}

/** Keeps one picture, and tells its bytes; it costs no line when it is there. */
async function keepPicture(cache: Cache, url: string): Promise<number> {
  const kept = await cache.match(url);
  if (kept) return (await kept.blob()).size;
  for (let left = TRIES; ; left--) {
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (answer.status === 404) return 0; // it was taken out meanwhile: the page shows that it is broken, and she skips it
      if (!answer.ok) throw new Problem(answer.status, "", "");
      const picture = await answer.blob();
      await cache.put(url, new Response(picture, { headers: { "Content-Type": answer.headers.get("Content-Type") ?? "image/jpeg" } }));
      return picture.size;
    } catch (e) {
      if (left <= 1 || e instanceof DOMException || (e instanceof Problem && e.status < 500)) throw e;
      await new Promise((ok) => setTimeout(ok, BETWEEN));
    }
  }
}
