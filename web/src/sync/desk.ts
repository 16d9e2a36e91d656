// One person at work on one project: what lies before her, what she said last,
// what comes next. The page draws it and says which key was pressed.
import { batch, signal } from "@preact/signals";
import { type Annotation, type Said, type Task, annotation, undo } from "../core/annotation";
import { Problem, post } from "./api";
import type { Outbox, Thought, Verdict } from "./outbox";
import { Pictures, type Shot } from "./pictures";

/** What the desk is doing. */
export type DeskState = "loading" | "working" | "empty" | "closed" | "line-down" | "refused";

/** An answer she gave here: it can be taken back. */
export interface Given {
  task: Task;
  said: Said;
  annotation: Annotation;
}

const AHEAD = 12; // tasks kept ready
const LOW = 9; // more are leased below this
const MOST_LEASE = 100;
const UNDO = 10;
const ASK_AGAIN = 10_000;

interface Lease {
  assignments: Task[];
  /** Pictures she answered; a pack does not know. */
  mine?: number;
  /** Why nothing is given out; absent where something is. */
  closed?: string;
  left: number;
}

/** Tasks that lie on the device. */
export interface Packed {
  tasks(n: number, without: ReadonlySet<string>): Promise<Task[]>;
  readonly left: { readonly value: number };
}

/** The desk of one person in one project. */
export class Desk {
  readonly state = signal<DeskState>("loading");
  /** Why nothing can be asked, in the server's words. */
  readonly problem = signal("");
  readonly task = signal<Task | null>(null);
  readonly shot = signal<Shot | null>(null);
  readonly last = signal<Given | null>(null);
  readonly thought = signal<Thought | null>(null);
  /** What was offered with the last picture was wrong on purpose. */
  readonly planted = signal(false);
  readonly undoable = signal(0);
  /** Pictures she has answered, and such as still want an answer of hers. */
  readonly done = signal(0);
  readonly left = signal(0);

  private readonly ahead: Task[] = [];
  private readonly given: Given[] = [];
  private readonly answered = new Set<string>();
  private readonly thoughts = new Map<string, Thought>();
  private readonly plants = new Set<string>();
  private readonly pictures: Pictures;
  private since = 0;
  private filling = false;
  private keeping = false;
  private counted = false; // what she answered before this sitting is in done
  private timer = 0;
  private ended = false;
  private readonly deaf: (() => void)[];

  /** side tells the long side of the pictures to fetch, in device pixels; a pack is worked through before anything is leased. */
  constructor(readonly project: string, private readonly outbox: Outbox, side: () => number, private readonly pack?: Packed) {
    this.pictures = new Pictures(side);
    this.deaf = [outbox.hear((v) => this.hear(v)), outbox.hearTabs((a) => this.gone(a))];
  }

  /** Takes up the work: what waits in the outbox is not asked again. */
  async start(): Promise<void> {
    for (const a of await this.outbox.assignments()) this.answered.add(a);
    void this.outbox.send();
    await this.fill();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    for (const stop of this.deaf) stop();
  }

  /** Says something of the picture before her. The next one is there once the answer lies on the device; until then nothing else can be said. */
  async say(said: Said): Promise<void> {
    const task = this.task.value;
    if (!task || this.shot.value === null || this.keeping) return;
    const one: Given = { task, said, annotation: annotation(task, said, performance.now() - this.since) };
    this.answered.add(task.id);
    if (!(await this.keep(one.annotation))) return void this.answered.delete(task.id);
    this.remember(one);
    this.next();
    void this.fill();
  }

  /** Takes back her last answer and shows its picture again. */
  async undo(): Promise<void> {
    const one = this.given.at(-1);
    if (!one || this.keeping) return;
    const back = undo(one.annotation);
    if (!(await this.keep(back))) return;
    this.given.pop();
    this.answered.delete(one.task.id);
    const said = one.annotation.id;
    this.bring({ ...one.task, follows: back.id, told: Boolean(one.task.told) || this.thoughts.has(said) || this.plants.has(said) });
  }

  /** Keeps an answer on the device, or says that it has no room: nothing is pretended. */
  private async keep(a: Annotation): Promise<boolean> {
    this.keeping = true;
    try {
      await this.outbox.put(this.project, a);
      this.problem.value = "";
      return true;
    } catch {
      this.problem.value = "full";
      return false;
    } finally {
      this.keeping = false;
    }
  }

  /** Somebody answered a task in another tab: it is not asked here any more. */
  gone(assignment: string): void {
    if (this.answered.has(assignment)) return;
    this.answered.add(assignment);
    const at = this.ahead.findIndex((t) => t.id === assignment);
    for (const task of at >= 0 ? this.ahead.splice(at, 1) : []) this.pictures.forget(task);
    if (this.task.value?.id === assignment) this.next();
    void this.fill();
  }

  /** Tries again to get the picture before her. */
  reload(): void {
    const task = this.task.value;
    if (!task) return;
    this.pictures.again(task);
    this.show(task);
  }

  /** Leases more tasks when few lie ahead. */
  async fill(): Promise<void> {
    if (this.filling || this.ended || this.ahead.length >= LOW) return;
    this.filling = true;
    clearTimeout(this.timer);
    try {
      if (await this.takePacked()) return;
      const held = this.ahead.length + 1 + this.outbox.waiting.value;
      const lease = await post<Lease>(`/api/projects/${encodeURIComponent(this.project)}/lease`, { n: Math.min(MOST_LEASE, held + AHEAD) });
      this.take(lease);
    } catch (e) {
      this.unfilled(e);
    } finally {
      this.filling = false;
    }
  }

  /** Takes tasks from the pack on the device, false when no further ones are in it. */
  private async takePacked(): Promise<boolean> {
    if (!this.pack) return false;
    const before = this.ahead.length;
    const tasks = await this.pack.tasks(AHEAD, this.answered);
    if (tasks.length > 0) this.take({ assignments: tasks, left: this.pack.left.value + this.outbox.waiting.value });
    return this.ahead.length > before;
  }

  private take(lease: Lease): void {
    if (lease.mine !== undefined && !lease.closed && !this.counted) {
      this.counted = true;
      this.done.value = lease.mine + this.outbox.waiting.value;
    }
    if (this.outbox.line.value === "down") void this.outbox.send();
    const known = new Set([this.task.value?.id, ...this.ahead.map((t) => t.id)]);
    const fresh = (lease.assignments ?? []).filter((t) => !known.has(t.id) && !this.answered.has(t.id)).slice(0, AHEAD);
    this.ahead.push(...fresh);
    this.pictures.want(this.ahead);
    if (!this.task.value) this.next();
    const here = this.ahead.length + (this.task.value ? 1 : 0); // the server's count is some seconds old
    this.left.value = Math.max(here, lease.left - this.outbox.waiting.value);
    if (!this.task.value) {
      this.state.value = lease.closed ? "closed" : "empty";
      this.later();
    }
  }

  private unfilled(e: unknown): void {
    if (!(e instanceof Problem) || e.status === 0 || e.status >= 500) {
      if (!this.task.value) this.state.value = "line-down";
      this.later();
      return;
    }
    if (e.status === 401) this.outbox.line.value = "signed-out";
    else batch(() => ((this.state.value = "refused"), (this.problem.value = e.message)));
  }

  private later(): void {
    if (!this.ended) this.timer = setTimeout(() => void this.fill(), ASK_AGAIN) as unknown as number;
  }

  private remember(one: Given): void {
    this.given.push(one);
    if (this.given.length > UNDO) this.pictures.forget(this.given.shift()!.task);
    batch(() => {
      this.last.value = one;
      this.thought.value = null;
      this.planted.value = false;
      this.undoable.value = this.given.length;
      this.done.value++;
      this.left.value = Math.max(0, this.left.value - 1);
    });
  }

  private next(): void {
    const task = this.ahead.shift() ?? null;
    if (task) this.show(task);
    else batch(() => ((this.task.value = null), (this.shot.value = null), (this.state.value = "loading")));
  }

  private show(task: Task): void {
    batch(() => {
      this.task.value = task;
      this.shot.value = this.pictures.ready(task) ?? null;
      this.state.value = "working";
    });
    this.since = performance.now();
    if (this.shot.value) return;
    this.pictures.now(task);
    this.pictures.when(task, (shot) => {
      if (this.task.value?.id !== task.id) return;
      this.since = performance.now();
      this.shot.value = shot;
    });
  }

  /** Shows a task that was answered before; the one before her waits behind it. */
  private bring(task: Task): void {
    if (this.task.value) this.ahead.unshift(this.task.value);
    this.show(task);
    const before = this.given.at(-1) ?? null;
    batch(() => {
      this.last.value = before;
      this.thought.value = before ? (this.thoughts.get(before.annotation.id) ?? null) : null;
      this.planted.value = before !== null && this.plants.has(before.annotation.id);
      this.undoable.value = this.given.length;
      this.done.value = Math.max(0, this.done.value - 1);
      this.left.value++;
    });
  }

  private hear(v: Verdict): void {
    const one = this.given.find((g) => g.annotation.id === v.id);
    if (!one) return;
    if (v.outcome === "refused") this.answered.delete(one.task.id);
    const last = this.last.value?.annotation.id === v.id;
    if (v.planted) {
      this.plants.add(v.id);
      if (last) this.planted.value = true;
    }
    if (!v.thought) return;
    this.thoughts.set(v.id, v.thought);
    if (last) this.thought.value = v.thought;
  }
}
