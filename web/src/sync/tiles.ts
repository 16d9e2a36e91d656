// One person confirming pages of pictures in one project: the page before her,
// the page she confirmed last, and what comes next.
import { batch, signal } from "@preact/signals";
import { type Annotation, type Task, strike, undo } from "../core/annotation";
import { type GridView, spoken, turned } from "../core/tiles";
import { t } from "../core/words";
import { Problem, post } from "./api";
import type { Outbox, Verdict } from "./outbox";

/** A page she confirmed: it can be taken back. */
export interface Page {
  grid: GridView;
  struck: ReadonlySet<string>;
  said: readonly Annotation[];
}

const AGAIN = 5_000;

/** The pages of one person in one project. */
export class Tiles {
  /** What lies before her, null while it comes. */
  readonly grid = signal<GridView | null>(null);
  readonly struck = signal<ReadonlySet<string>>(new Set());
  readonly last = signal<Page | null>(null);
  /** Those of the last page that she confirmed though they were wrong on purpose. */
  readonly planted = signal<readonly Task[]>([]);
  readonly problem = signal("");
  readonly done = signal(0);
  readonly left = signal(0);

  private readonly waits = new Set<string>(); // answers of hers that have no verdict yet
  private after: GridView | null = null; // the page that came before the last one was taken back
  private wanted = "";
  private since = 0;
  private timer = 0;
  private ended = false;
  private keeping = false; // what she said goes to the device; until it lies there, she can say nothing else
  private readonly deaf: () => void;

  constructor(readonly project: string, private readonly outbox: Outbox) {
    this.deaf = outbox.hear((v) => this.hear(v));
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.deaf();
  }

  /** Gets the next page, of one class if she names one. */
  async fill(cls = ""): Promise<void> {
    clearTimeout(this.timer);
    this.wanted = cls;
    if (this.ended || this.waits.size > 0) return; // the verdicts call again
    try {
      const grid = await post<GridView>(`/api/projects/${encodeURIComponent(this.project)}/grid`, cls ? { class: cls } : {});
      const said = new Set(await this.outbox.assignments()); // from before this page was opened
      const tiles = grid.tiles.filter((one) => !said.has(one.id));
      if (tiles.length < grid.tiles.length) void this.outbox.send();
      if (tiles.length > 0 || grid.tiles.length === 0) this.take({ ...grid, tiles });
      else this.timer = setTimeout(() => void this.fill(cls), AGAIN) as unknown as number;
    } catch (e) {
      this.problem.value = e instanceof Error && e.message ? e.message : t("page.lineDown");
      if (!(e instanceof Problem) || e.status === 0 || e.status >= 500) this.timer = setTimeout(() => void this.fill(cls), AGAIN) as unknown as number;
    }
  }

  /** Strikes a picture out, or takes that back. */
  turn(assignment: string): void {
    if (!this.keeping) this.struck.value = turned(this.struck.value, assignment);
  }

  /** The time that a page takes runs from when it is seen whole. */
  seen(): void {
    this.since = performance.now();
  }

  /** Says what the page says, all of it or, when the device cannot keep it, nothing. The next page is there once it lies on the device. */
  async confirm(): Promise<void> {
    const grid = this.grid.value;
    if (!grid || grid.tiles.length === 0) return;
    const said = spoken(grid.tiles, grid.class, this.struck.value, performance.now() - this.since);
    const page: Page = { grid, struck: this.struck.value, said };
    if (!(await this.keep(said))) return;
    batch(() => {
      this.last.value = page;
      this.planted.value = [];
      this.done.value += said.length;
    });
    this.show(this.after);
    this.after = null;
  }

  /** Takes the last page back and shows it as it was. */
  async undo(): Promise<void> {
    const page = this.last.value;
    if (!page) return;
    const backs = page.said.map((a) => undo(a));
    if (!(await this.keep(backs))) return;
    const tiles = page.grid.tiles.map((one, i) => ({ ...one, follows: backs[i]!.id }));
    this.after = this.grid.value?.tiles.length ? this.grid.value : null;
    batch(() => ((this.last.value = null), (this.planted.value = []), (this.done.value -= backs.length)));
    this.show({ ...page.grid, tiles }, page.struck);
  }

  /** Strikes out what she confirmed though it was wrong on purpose: it is asked by itself. */
  async lookAgain(task: Task): Promise<void> {
    const said = this.last.value?.said.find((a) => a.assignment === task.id);
    if (!said) return;
    const kept = await this.keep([{ ...strike({ ...task, follows: said.id, told: true }, 0) }]);
    if (kept) batch(() => (this.planted.value = this.planted.value.filter((one) => one.id !== task.id)));
  }

  private async keep(said: readonly Annotation[]): Promise<boolean> {
    if (this.keeping) return false;
    this.keeping = true;
    for (const a of said) this.waits.add(a.id);
    try {
      await this.outbox.putAll(this.project, said);
      this.problem.value = "";
      return true;
    } catch {
      for (const a of said) this.waits.delete(a.id);
      this.problem.value = t("work.full");
      return false;
    } finally {
      this.keeping = false;
    }
  }

  private take(grid: GridView): void {
    this.problem.value = "";
    if (this.grid.value === null) this.show(grid);
  }

  private show(grid: GridView | null, struck: ReadonlySet<string> = new Set()): void {
    batch(() => {
      this.grid.value = grid;
      this.struck.value = struck;
      this.left.value = grid?.tiles.length ?? 0;
    });
    this.since = performance.now();
  }

  private hear(v: Verdict): void {
    const page = this.last.value;
    const place = page?.said.findIndex((a) => a.id === v.id) ?? -1;
    if (v.planted && place >= 0 && page!.said[place]!.answer === "class") this.planted.value = [...this.planted.value, page!.grid.tiles[place]!];
    if (this.waits.delete(v.id) && this.waits.size === 0 && this.grid.value === null) void this.fill(this.wanted);
  }
}
