// One reviewer at work on one project: the picture people could not settle,
// what she decided last, what comes next. The page draws it and says which key
// was pressed.
import { batch, signal } from "@preact/signals";
import type { Task } from "../core/annotation";
import { newId } from "../core/id";
import { merged, upNext, type ReviewTask, type ReviewView } from "../core/review";
import { t } from "../core/words";
import { Problem } from "./api";
import type { Thought } from "./outbox";
import { Pictures, type Shot } from "./pictures";
import { review, reviews, settle } from "./reviews";

/** What the bench is doing. Aside: all that is left was put aside. */
export type BenchState = "loading" | "working" | "empty" | "aside" | "line-down" | "refused";

/** What she decided of a task. */
export interface Decided {
  view: ReviewView;
  class: string;
  note: string;
  gold: boolean;
  thought: Thought | null;
}

const LIST = 50;
const LOW = 3; // the list is read anew when fewer are left in it
const AGAIN = 10_000;

/** The bench of one reviewer in one project. */
export class Bench {
  readonly state = signal<BenchState>("loading");
  /** Why something could not be done, in words for her. */
  readonly problem = signal("");
  readonly view = signal<ReviewView | null>(null);
  readonly shot = signal<Shot | null>(null);
  readonly last = signal<Decided | null>(null);
  readonly left = signal(0);
  readonly done = signal(0);
  readonly sending = signal(false);

  private list: ReviewTask[] = [];
  private readonly aside = new Set<string>();
  private readonly decided = new Set<string>();
  private readonly given: Decided[] = [];
  private readonly views = new Map<string, Promise<ReviewView>>();
  private readonly pictures: Pictures;
  private timer = 0;
  private ended = false;

  constructor(readonly project: string, side: () => number) {
    this.pictures = new Pictures(side);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** Reads the list and shows its first task, unless one is before her. */
  async fill(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const fresh = await reviews(this.project, LIST);
      this.list = merged(fresh.tasks, this.decided);
      this.left.value = Math.max(this.list.length, fresh.left - (fresh.tasks.length - this.list.length));
      if (!this.view.value) await this.next();
    } catch (e) {
      this.fail(e);
    }
  }

  /** Decides the task before her. It is stored before the next one comes. */
  async settle(cls: string, note: string, gold: boolean): Promise<void> {
    const view = this.view.value;
    if (!view || !this.shot.value || this.sending.value) return;
    this.sending.value = true;
    try {
      const body = { id: newId(Date.now()), task: view.task, class: cls, ...(note && { note }), ...(gold && { gold }) };
      const thought = await settle(this.project, body);
      this.remember({ view, class: cls, note, gold, thought });
      await this.next();
    } catch (e) {
      await this.unsettled(view, e);
    }
    this.sending.value = false;
  }

  /** Puts the task before her aside until the list is through. */
  async skip(): Promise<void> {
    const view = this.view.value;
    if (!view || this.sending.value) return;
    this.aside.add(view.task);
    await this.next();
  }

  /** Takes up again what was put aside. */
  async takeUp(): Promise<void> {
    this.aside.clear();
    await this.next();
  }

  /** Shows the task she decided last once more; what she decides now takes its place. */
  async again(): Promise<void> {
    if (this.sending.value) return;
    const one = this.given.pop();
    if (!one) return;
    this.views.delete(one.view.task);
    this.decided.delete(one.view.task);
    batch(() => {
      this.last.value = this.given.at(-1) ?? null;
      this.done.value--;
      this.left.value++;
    });
    await this.show({ ...one.view, decided: { class: one.class, note: one.note, gold: one.gold, stored: 0 } });
  }

  /** Tries again to get the picture before her. */
  reload(): void {
    const view = this.view.value;
    if (!view) return;
    this.pictures.again(taskOf(view));
    this.expect(view);
  }

  private remember(one: Decided): void {
    this.given.push(one);
    this.decided.add(one.view.task);
    this.list = this.list.filter((other) => other.task !== one.view.task);
    batch(() => {
      this.problem.value = "";
      this.last.value = one;
      this.done.value++;
      this.left.value = Math.max(0, this.left.value - 1);
    });
  }

  /** Somebody else took it, or it may not be hers: on to the next, and say why. */
  private async unsettled(view: ReviewView, e: unknown): Promise<void> {
    this.problem.value = e instanceof Error && e.message ? e.message : t("page.lineDown");
    if (!(e instanceof Problem) || e.status !== 409 && e.status !== 404) return;
    this.decided.add(view.task);
    this.list = this.list.filter((other) => other.task !== view.task);
    await this.next();
  }

  private async next(): Promise<void> {
    const one = upNext(this.list, this.aside);
    if (!one) {
      batch(() => {
        this.view.value = this.shot.value = null;
        this.state.value = this.list.length > 0 ? "aside" : "empty";
      });
      return this.later();
    }
    try {
      await this.show(await this.read(one.task));
    } catch (e) {
      if (!(e instanceof Problem) || e.status !== 409 && e.status !== 404) return this.fail(e);
      this.decided.add(one.task);
      this.list = this.list.filter((other) => other.task !== one.task);
      return this.next();
    }
    if (this.list.length < LOW && this.left.value > this.list.length) void this.fill();
  }

  private async show(view: ReviewView): Promise<void> {
    batch(() => {
      this.view.value = view;
      this.shot.value = this.pictures.ready(taskOf(view)) ?? null;
      this.state.value = "working";
    });
    if (!this.shot.value) this.expect(view);
    const after = upNext(this.list, this.aside, view.task);
    if (after) this.read(after.task).then((v) => this.pictures.want([taskOf(v)]), () => this.views.delete(after.task));
  }

  private expect(view: ReviewView): void {
    this.pictures.now(taskOf(view));
    this.pictures.when(taskOf(view), (shot) => {
      if (this.view.value?.task === view.task) this.shot.value = shot;
    });
  }

  private read(task: string): Promise<ReviewView> {
    let view = this.views.get(task);
    if (!view) {
      view = review(this.project, task);
      this.views.set(task, view);
      view.catch(() => this.views.delete(task));
    }
    return view;
  }

  private fail(e: unknown): void {
    const down = !(e instanceof Problem) || e.status === 0 || e.status >= 500;
    batch(() => {
      this.problem.value = e instanceof Error ? e.message : "";
      if (!this.view.value) this.state.value = down ? "line-down" : "refused";
    });
    if (down) this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    if (!this.ended) this.timer = setTimeout(() => void this.fill(), AGAIN) as unknown as number;
  }
}

function taskOf(v: ReviewView): Task {
  return { id: v.task, task: v.task, item: v.item, pictures: v.pictures, width: v.width, height: v.height };
}
