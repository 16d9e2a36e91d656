import { type ReadonlySignal, type Signal, computed, signal } from "@preact/signals";
import { type Change, type ChangeAct, type Chosen, goesOn, NONE } from "../core/chosen";
import { ALL, type FoundRow, type Search, withAsked } from "../core/finding";
import { type Tally, toQuery, type Wanted } from "../core/wanted";
import { change, changed, undo, wanted as read } from "../sync/browse";
import { askReview, doubles, find } from "../sync/finding";

/** Rows asked for first, and with every further page. */
const FIRST = 60;
const PAGE = 120;
const BEAT = 1000;

/** What was last done to many pictures, and whether it is being taken back. */
export interface Doing {
  change: Change;
  undoing: boolean;
  /** Name of the batch they were put into; empty for none. */
  batch: string;
}

/** The browse page's memory of one project: what is wanted, the rows so far, what one looks for, those chosen and the place one was at. */
export class Browsing {
  readonly wanted: Signal<Wanted> = signal({});
  readonly rows: Signal<readonly FoundRow[]> = signal([]);
  readonly next = signal("");
  readonly tally: Signal<Tally | null> = signal(null);
  readonly search: Signal<Search> = signal(ALL);
  readonly found: Signal<readonly FoundRow[]> = signal([]);
  /** What is shown, in order. */
  readonly list: ReadonlySignal<readonly FoundRow[]> = computed(() => (this.search.value.by === "doubt" ? this.rows.value : this.found.value));
  readonly ids: ReadonlySignal<readonly string[]> = computed(() => this.list.value.map((r) => r.id));
  readonly choosing = signal(false);
  readonly chosen: Signal<Chosen> = signal(NONE);
  readonly doing: Signal<Doing | null> = signal(null);
  readonly at = signal("");
  readonly busy = signal(false);
  readonly seeking = signal(false);
  /** How many pictures are compared with each other, of how many, while that takes its time. */
  readonly compared: Signal<{ done: number; of: number } | null> = signal(null);
  readonly problem = signal("");
  private round = 0;

  constructor(readonly project: string) {}

  /** Reads the first page anew; what was there stays visible until it is there. */
  async load(): Promise<void> {
    void this.seek();
    await this.page("");
  }

  /** Reads the page after what there is. */
  async more(): Promise<void> {
    if (!this.busy.value && this.next.value && this.search.value.by === "doubt") await this.page(this.next.value);
  }

  /** Wants something else, from its beginning. */
  want(w: Wanted): void {
    this.wanted.value = w;
    if (this.search.value.by !== "doubt") this.look(ALL);
    this.choose(false);
    void this.page("");
  }

  /** Looks for something else. */
  look(search: Search): void {
    this.search.value = search;
    this.found.value = [];
    this.at.value = "";
    this.problem.value = "";
    this.choose(false);
    void this.seek();
  }

  /** Back to all pictures: to the one that was looked for, or the one that was in hand. */
  leave(): void {
    const was = this.search.value;
    const to = was.by === "like" ? was.of.id : this.at.value;
    this.look(ALL);
    this.at.value = to;
  }

  /** Begins to choose pictures, or ends it with none chosen. */
  choose(on: boolean): void {
    this.choosing.value = on;
    this.chosen.value = NONE;
  }

  /** Sends a picture that may be wrong to the second look. */
  async ask(row: FoundRow): Promise<void> {
    if (!row.task || row.asked) return;
    const task = row.task;
    await this.tell(async () => {
      await askReview(this.project, task);
      this.found.value = withAsked(this.found.value, task);
    });
  }

  /** Does something to the chosen pictures and shows them anew; a batch is where they are put, by its id and name. */
  async change(act: ChangeAct, batch = "", name = ""): Promise<void> {
    const c = this.chosen.value;
    const of = c.all ? { search: this.wanted.value } : { items: [...c.ids] };
    await this.tell(async () => this.follow({ change: await change(this.project, act, of, batch), undoing: false, batch: name }));
  }

  /** Takes what was last done back. */
  async undo(): Promise<void> {
    const d = this.doing.value;
    if (d) await this.tell(async () => this.follow({ ...d, change: await undo(this.project, d.change.id), undoing: true }));
  }

  private async follow(d: Doing): Promise<void> {
    this.doing.value = d;
    this.choose(false);
    void this.load();
    let now = d.change;
    while (goesOn(now, d.undoing) && this.doing.value?.change.id === now.id) {
      await new Promise((done) => setTimeout(done, BEAT));
      now = { ...(await changed(this.project, now.id)), job: now.job };
      if (this.doing.value?.change.id === now.id) this.doing.value = { ...d, change: now };
    }
    if (d.change.job) void this.load();
  }

  private async seek(): Promise<void> {
    const search = this.search.value;
    if (search.by === "doubt") return;
    this.seeking.value = true;
    await this.tell(async () => {
      if (search.by === "same") return this.compare(search);
      const found = await find(this.project, search);
      if (this.search.value === search) this.found.value = found;
    });
    if (this.search.value === search) this.seeking.value = false;
    this.compared.value = null;
  }

  /** Asks for what is nearly the same until all pictures are compared. */
  private async compare(search: Search): Promise<void> {
    for (;;) {
      const { rows, done, of } = await doubles(this.project);
      if (this.search.value !== search) return;
      this.found.value = rows;
      this.compared.value = of > 0 ? { done, of } : null;
      if (of === 0) return;
      await new Promise((later) => setTimeout(later, BEAT));
    }
  }

  private async page(cursor: string): Promise<void> {
    const round = ++this.round;
    this.busy.value = true;
    await this.tell(async () => {
      const page = await read(this.project, this.wanted.value, cursor, cursor ? PAGE : FIRST);
      if (round !== this.round) return;
      const seen = new Set(cursor ? this.rows.value.map((r) => r.id) : []);
      const fresh = (page.items ?? []).filter((r) => !seen.has(r.id));
      this.rows.value = cursor ? [...this.rows.value, ...fresh] : fresh;
      this.next.value = page.next;
      if (page.tally) this.tally.value = page.tally;
    });
    if (round === this.round) this.busy.value = false;
  }

  /** Does something and says what went wrong. */
  private async tell(what: () => Promise<void>): Promise<void> {
    this.problem.value = "";
    try {
      await what();
    } catch (e) {
      this.problem.value = e instanceof Error ? e.message : "";
    }
  }

  /** The address of what is wanted. */
  address(): string {
    const q = toQuery(this.wanted.value);
    return `/projects/${this.project}/pictures${q ? `?${q}` : ""}`;
  }
}

const memory = new Map<string, Browsing>();

/** The browsing of a project: the same on the grid and on one picture, so that Esc returns to the place. */
export function browsing(project: string): Browsing {
  let b = memory.get(project);
  if (!b) memory.set(project, (b = new Browsing(project)));
  return b;
}
