// Answers on their way: kept on this device until the server has them. Each
// person has her own, on a device that several share; it outlives reloads,
// sign-out and a killed tab.
import { type Signal, signal } from "@preact/signals";
import type { Annotation, Kind } from "../core/annotation";
import { Problem, get, postPacked } from "./api";
import { type Answers, type Device, type Kept, alone, openDevice } from "./device";

/** What the model thought, told once the answer is stored. */
export interface Thought {
  class: string;
  rightOf10: number;
  near: { item: string; thumb: string; class: string }[] | null;
}

/** What became of one answer. */
export interface Verdict {
  id: string;
  outcome: "stored" | "duplicate" | "refused";
  problem?: { type: string; title: string };
  thought?: Thought | null;
  /** The class that was offered was wrong on purpose. */
  planted?: boolean;
}

/** What a device writes when its answers cannot be sent. */
export interface OutboxFile {
  v: 1;
  person: string;
  saved: number;
  answers: { project: string; answer: Annotation }[];
}

const MOST = 200; // answers in one request
const QUIET = 10; // more than can be taken back: nobody looks at what the child thought of them
const REST = 50; // the next picture is drawn first
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** How the line to the server is. */
export type Line = "up" | "down" | "signed-out";

/** One person's outbox. */
export class Outbox {
  /** How many answers wait to be sent. */
  readonly waiting = signal(0);
  /** Answers the server refused, with its sentence. */
  readonly refused: Signal<Kept[]> = signal([]);
  readonly line: Signal<Line> = signal("up");

  private pause = FIRST_PAUSE;
  private timer = 0;
  private busy = false;
  private closed = false;
  private most = MOST;
  private readonly hears = new Set<(v: Verdict) => void>();
  private readonly tabs = new Set<(assignment: string) => void>();
  private readonly others: BroadcastChannel | null;

  private constructor(private readonly db: Device, readonly person: string) {
    this.others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`akhra-outbox-${person}`);
    if (this.others) {
      this.others.onmessage = (e: MessageEvent<{ assignment?: string }>) => {
        if (e.data.assignment) for (const told of this.tabs) told(e.data.assignment);
        void this.count();
      };
    }
  }

  /** Opens a person's outbox. */
  static async open(person: string): Promise<Outbox> {
    const db = await openDevice();
    const box = new Outbox(db, person);
    await box.count();
    return box;
  }

  /** Stops sending; what waits, waits for the next time. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.others?.close();
    this.db.close();
  }

  /** Calls back with what becomes of each answer; returns how to stop. */
  hear(verdict: (v: Verdict) => void): () => void {
    this.hears.add(verdict);
    return () => this.hears.delete(verdict);
  }

  /** Calls back with each assignment she answers in another tab; returns how to stop. */
  hearTabs(answered: (assignment: string) => void): () => void {
    this.tabs.add(answered);
    return () => this.tabs.delete(answered);
  }

  /** The assignments whose answers wait here; one that was taken back is open again. */
  async assignments(): Promise<string[]> {
    const last = new Map<string, Kind>();
    for (const k of await this.mine()) if (k.problem === undefined) last.set(k.answer.assignment, k.answer.answer);
    return [...last].filter(([, kind]) => kind !== "undo" && kind !== "strike").map(([assignment]) => assignment);
  }

  /** Keeps an answer, and that its task of a pack is done; it is given once this resolves. Sending starts by itself. */
  put(project: string, answer: Annotation): Promise<void> {
    return this.putAll(project, [answer]);
  }

  /** Keeps some answers: all of them or, when it fails, none. Her other tabs hear of them first, so that none asks the same meanwhile. */
  async putAll(project: string, answers: readonly Annotation[]): Promise<void> {
    for (const { assignment } of answers) this.tell({ assignment });
    const tx = this.db.transaction(["answers", "tasks"], "readwrite", { durability: "strict" });
    const tasks = tx.objectStore("tasks");
    const mark = async (answer: Annotation) => {
      const packed = await tasks.get(answer.assignment);
      if (packed) await tasks.put({ ...packed, open: answer.answer === "undo" ? 1 : 0 });
    };
    await Promise.all([...answers.flatMap((answer) => [tx.objectStore("answers").add({ person: this.person, project, answer }), mark(answer)]), tx.done]);
    this.waiting.value += answers.length;
    this.tell({});
    if (this.line.value === "up") this.later(REST); // else its own pauses try again
  }

  /** Forgets a refused answer, once the person has read why. */
  async forget(n: number): Promise<void> {
    await this.db.delete("answers", n);
    await this.count();
  }

  /** Sends what waits, now; called again by itself while something is left. */
  async send(): Promise<void> {
    if (this.busy || this.closed) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      await alone(`akhra-send-${this.person}`, () => this.sendAll()); // twice would be harmless
      this.line.value = "up";
      this.pause = FIRST_PAUSE;
    } catch (e) {
      this.failed(e);
    } finally {
      this.busy = false;
    }
    if (this.line.value === "up" && this.waiting.value > 0) void this.send();
  }

  private failed(e: unknown): void {
    if (this.closed) return;
    if (e instanceof Problem && e.status === 401) {
      this.line.value = "signed-out";
      return;
    }
    this.line.value = "down";
    this.later(this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(() => void this.send(), ms) as unknown as number;
  }

  private async sendAll(): Promise<void> {
    while (!this.closed) {
      const waiting = await this.oldest();
      const first = waiting[0];
      if (!first) break;
      const batch = waiting.filter((k) => k.project === first.project).slice(0, this.most);
      const verdicts = await this.sendBatch(first.project, batch);
      if (verdicts.some((v) => v.outcome === "refused")) await this.sameSession();
      await this.settle(batch, verdicts);
      this.most = verdicts.length === 0 ? Math.ceil(batch.length / 2) : MOST;
    }
    await this.count();
  }

  /** Sends some answers. No verdicts mean that a smaller batch may pass. */
  private async sendBatch(project: string, batch: readonly Kept[]): Promise<Verdict[]> {
    try {
      const quiet = batch.length > QUIET || undefined;
      const { verdicts } = await postPacked<{ verdicts: Verdict[] }>("/api/sync", { v: 1, project, quiet, answers: batch.map((k) => k.answer) });
      if (!batch.some((k) => verdicts.some((v) => v.id === k.answer.id))) throw new Problem(0, "unavailable", "");
      return verdicts;
    } catch (e) {
      if (!(e instanceof Problem) || !isRefusal(e)) throw e;
      if (batch.length > 1 && e.status !== 403 && e.status !== 404) return [];
      return batch.map((k) => ({ id: k.answer.id, outcome: "refused", problem: { type: e.type, title: e.message } }));
    }
  }

  /** Fails unless she is still the one who is signed in: in another tab somebody else may be by now, to whom nothing here was given. */
  private async sameSession(): Promise<void> {
    const { user } = await get<{ user: { id: string } }>("/api/me");
    if (user.id !== this.person) throw new Problem(401, "unauthorized", "");
  }

  private async settle(batch: Kept[], verdicts: Verdict[]): Promise<void> {
    const by = new Map(verdicts.map((v) => [v.id, v]));
    const tx = this.db.transaction("answers", "readwrite");
    for (const k of batch) {
      const v = by.get(k.answer.id);
      if (v?.outcome === "stored" || v?.outcome === "duplicate") void tx.store.delete(k.n!);
      else if (v) void tx.store.put({ ...k, problem: v.problem?.title ?? "" });
    }
    await Promise.all([this.countIn(tx.store), tx.done]);
    this.tell({});
    for (const v of verdicts) for (const hear of this.hears) hear(v);
  }

  private mine(): Promise<Kept[]> {
    return this.db.getAllFromIndex("answers", "person", this.person);
  }

  /** The oldest answers that wait, enough for one request however many there are. */
  private async oldest(): Promise<Kept[]> {
    const some = await this.db.getAllFromIndex("answers", "person", this.person, MOST + this.refused.peek().length);
    return some.filter((k) => k.problem === undefined);
  }

  /** Everything that is kept for her, to be carried to the server by hand. */
  async file(): Promise<OutboxFile> {
    const all = await this.mine();
    return { v: 1, person: this.person, saved: Date.now(), answers: all.map((k) => ({ project: k.project, answer: k.answer })) };
  }

  /** Tells her other tabs of an answer, or that there is something to count. */
  private tell(news: { assignment?: string }): void {
    if (!this.closed) this.others?.postMessage(news);
  }

  private async count(): Promise<void> {
    if (!this.closed) await this.countIn(this.db.transaction("answers").store);
  }

  /** Counts after what a transaction did before. They follow each other, so no older count overwrites what is newer. */
  private async countIn(answers: Answers): Promise<void> {
    const hers = IDBKeyRange.bound([this.person], [this.person, []]);
    const [refused, all] = await Promise.all([answers.index("problem").getAll(hers), answers.index("person").count(this.person)]);
    this.refused.value = refused;
    this.waiting.value = all - refused.length;
  }
}

/**
 * Whether the server will never take what was sent, as when a project is gone or one answer cannot be read. A page that is too old
 * is no such case: its answers wait until it is loaded again.
 */
function isRefusal(e: Problem): boolean {
  return [400, 403, 404, 413, 422].includes(e.status) && !e.fields.includes("body.v");
}
