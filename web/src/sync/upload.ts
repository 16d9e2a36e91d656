import { type Signal, signal } from "@preact/signals";
import { NOTHING, PARALLEL, type Outcome, type Tally, TRIES, count, expect, kindOf, maySendAgain, pause, withReport } from "../core/upload";
import type { Job } from "../core/project";
import { cancelJob, jobs } from "./projects";
import { busily } from "./shell";

/** A file on its way, with the path it is told apart by. */
export interface Parcel {
  file: File;
  path: string;
  /** The batch it comes into, empty for none. */
  batch: string;
}

/** A zip on its way: bytes that are sent of all it has. */
export interface Travelling {
  name: string;
  sent: number;
  all: number;
}

/** The sending of one project's pictures. It lives on while pages change. */
export class Upload {
  /** What became of the pictures so far. */
  readonly tally: Signal<Tally> = signal(NOTHING);
  /** Local addresses of the first pictures, to show what is coming. */
  readonly previews: Signal<readonly string[]> = signal([]);
  /** Set while the line is down and everything waits. */
  readonly waiting = signal(false);
  /** The zip that is being sent. */
  readonly travelling: Signal<Travelling | null> = signal(null);
  /** The import of a zip, while it runs. */
  readonly job: Signal<Job | null> = signal(null);
  /** When the first picture went out. */
  startedAt = 0;

  private queue: Parcel[] = [];
  private active = 0;
  private failedParcels: Parcel[] = [];
  private lastZip: Promise<void> = Promise.resolve();

  constructor(readonly project: string) {}

  /** Sends pictures, three at a time. */
  add(parcels: readonly Parcel[]): void {
    if (parcels.length === 0) return;
    if (this.startedAt === 0) this.startedAt = Date.now();
    this.tally.value = expect(this.tally.value, parcels.length);
    this.show(parcels);
    this.queue.push(...parcels);
    this.pump();
  }

  /** Counts files that are no pictures as refused, for the reason given. */
  refuse(parcels: readonly Parcel[], reason: string): void {
    let t = expect(this.tally.value, parcels.length);
    for (const p of parcels) t = count(t, "refused", { name: p.path, reason });
    this.tally.value = t;
  }

  /** Sends once more what could not be sent. */
  retry(): void {
    const again = this.failedParcels;
    this.failedParcels = [];
    const t = this.tally.value;
    this.tally.value = { ...t, failed: 0, total: t.total - again.length };
    const isZip = (p: Parcel) => kindOf(p.file.name, p.file.type) === "zip";
    this.add(again.filter((p) => !isZip(p)));
    void this.zips(again.filter(isZip));
  }

  /** Sends zips, one after the other, and follows each import to its end. */
  async zips(parcels: readonly Parcel[]): Promise<void> {
    if (this.startedAt === 0) this.startedAt = Date.now();
    for (const p of parcels) await (this.lastZip = this.lastZip.then(() => busily(this.zip(p))));
  }

  /** Stops bringing in the zip; what is in stays in. */
  async stop(): Promise<void> {
    if (this.job.value) await cancelJob(this.project, this.job.value.id);
  }

  private async zip(parcel: Parcel): Promise<void> {
    const told = (sent: number) => (this.travelling.value = { name: parcel.path, sent, all: parcel.file.size });
    told(0);
    const answer = await sendTold(`/api/projects/${this.project}/zip${parcel.batch && `?batch=${parcel.batch}`}`, parcel.file, "application/zip", told);
    this.travelling.value = null;
    if (answer.status >= 200 && answer.status < 300) return this.follow(parcel, String(answer.body.job));
    if (!maySendAgain(answer.status)) return this.refuse([parcel], sentence(answer.body));
    this.tally.value = expect(this.tally.value, 1);
    this.lose(parcel);
  }

  private async follow(parcel: Parcel, id: string): Promise<void> {
    for (;;) {
      const job = (await jobs(this.project).catch(() => [])).find((j) => j.id === id);
      if (job) this.job.value = job;
      if (job && (job.state === "done" || job.state === "failed" || job.state === "cancelled")) {
        this.tally.value = withReport(this.tally.value, job.report, job.state === "done" ? job.total : 0);
        this.job.value = null;
        if (job.state === "failed") this.refuse([parcel], job.note);
        return;
      }
      await rest(800);
    }
  }

  private lose(parcel: Parcel): void {
    this.failedParcels.push(parcel);
    this.tally.value = count(this.tally.value, "failed");
  }

  private show(parcels: readonly Parcel[]): void {
    const room = 18 - this.previews.value.length;
    if (room <= 0) return;
    this.previews.value = [...this.previews.value, ...parcels.slice(0, room).map((p) => URL.createObjectURL(p.file))];
  }

  private pump(): void {
    while (this.active < PARALLEL && this.queue.length > 0) {
      const parcel = this.queue.shift()!;
      this.active++;
      void busily(this.one(parcel)).finally(() => {
        this.active--;
        this.pump();
      });
    }
  }

  private async one(parcel: Parcel): Promise<void> {
    const url = `/api/projects/${this.project}/pictures?name=${encodeURIComponent(parcel.path)}${parcel.batch && `&batch=${parcel.batch}`}`;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const answer = await send(url, parcel.file, parcel.file.type || "application/octet-stream");
      this.waiting.value = answer.status === 0;
      if (answer.status >= 200 && answer.status < 300) return this.settle(parcel, answer.body);
      if (!maySendAgain(answer.status)) return this.settle(parcel, { outcome: "refused", reason: sentence(answer.body) });
      if (answer.status === 401) break;
      await rest(pause(attempt, Math.random()));
    }
    this.lose(parcel);
  }

  private settle(parcel: Parcel, body: Record<string, unknown>): void {
    const outcome = body.outcome as Outcome;
    const why = outcome === "refused" ? { name: parcel.path, reason: String(body.reason ?? "") } : undefined;
    this.tally.value = count(this.tally.value, outcome, why);
  }
}

const uploads = new Map<string, Upload>();

/** The upload of a project; the same one on every page. */
export function uploadOf(project: string): Upload {
  let u = uploads.get(project);
  if (!u) uploads.set(project, (u = new Upload(project)));
  return u;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Sends bytes; status 0 says that the line is down. */
async function send(url: string, body: Blob, type: string): Promise<Answer> {
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "Content-Type": type }, credentials: "same-origin" });
    const json: unknown = await answer.json().catch(() => ({}));
    return { status: answer.status, body: (json ?? {}) as Record<string, unknown> };
  } catch {
    return { status: 0, body: {} };
  }
}

/** Sends much, and tells how many bytes are on their way. */
function sendTold(url: string, body: Blob, type: string, told: (sent: number) => void): Promise<Answer> {
  return new Promise((ok) => {
    const line = new XMLHttpRequest();
    line.open("POST", url);
    line.setRequestHeader("Content-Type", type);
    line.responseType = "json";
    line.upload.onprogress = (e) => told(e.loaded);
    line.onload = () => ok({ status: line.status, body: (line.response ?? {}) as Record<string, unknown> });
    line.onerror = line.onabort = () => ok({ status: 0, body: {} });
    line.send(body);
  });
}

function sentence(body: Record<string, unknown>): string {
  return typeof body.title === "string" ? body.title : "";
}

function rest(ms: number): Promise<void> {
  return new Promise((ok) => setTimeout(ok, ms));
}
