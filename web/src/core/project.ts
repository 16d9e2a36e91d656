// What the project pages read from the server. Names follow the HTTP API.
import type { GuidelineNow } from "./guideline";
import type { PromiseState } from "./promise";

/** One class of a label set. */
export interface Class {
  id: string;
  name: string;
  names?: Record<string, string>;
  key?: string;
  colour?: string;
  words?: string;
  rules?: Record<string, string>;
  examples?: string[];
  deleted?: boolean;
  /** What a deleted class became: one it was merged into, or several it was split into. */
  into?: string[];
}

/** A project's rules of asking and stopping. */
export interface Settings {
  overlap: number;
  cap: number;
  stopAt: number;
  explore: number;
  pilot: number;
  goldShare: number;
  showModel: boolean;
  /** A class that has proved itself is offered before the answer. */
  propose: boolean;
  target: number;
  delta: number;
  audit: number;
  strategy: string;
  embedder: string;
  started: boolean;
  seed: number;
}

/** Whether a project is worked on. */
export type ProjectState = "active" | "paused" | "archived" | "removed";

/** How long a removed project can be brought back. */
export const KEPT_PROJECT = 30 * 86_400_000;

/** A project as its card on the first page. */
export interface ProjectCard {
  id: string;
  name: string;
  question: string;
  items: number;
  answers: number;
  done: number;
  cover: string | null;
  /** Projects of one family ask about the same pictures, one class each. */
  family?: string;
  about?: string;
  /** The class's name by language. */
  aboutNames?: Record<string, string>;
  state: ProjectState;
  stateAt: number;
}

/** A project with its classes and counts. */
export interface ProjectView {
  id: string;
  name: string;
  question: string;
  family?: string;
  about?: string;
  aboutNames?: Record<string, string>;
  settings: Settings;
  labelSet: { version: number; classes: Class[] };
  guideline: GuidelineNow;
  state: ProjectState;
  stateAt: number;
  counts: { items: number; answers: number; done: number; review: number; open: number; annotators: number };
}

/** One point of the learning curve; estimates are shares of one, null when too few. */
export interface CurvePoint {
  version: number;
  answers: number;
  items: number;
  estimated: number | null;
  low: number | null;
  high: number | null;
  at: number;
}

/** How well the child knows one class, on blind answers. */
export interface ClassReport {
  id: string;
  right: number;
  of: number;
  words: string;
  taughtBy: number;
  yours: number;
  /** Pictures of this class that still want answers. */
  stillAsks: number;
}

/** Two classes that get mixed up, with a picture of each. */
export interface MixedPair {
  a: string;
  b: string;
  times: number;
  /** Addresses of the pictures, empty when there is none. */
  itemA: string;
  itemB: string;
}

/** A picture that will be asked soon, and why. */
export interface NextUp {
  item: string;
  thumb: string;
  why: string;
  a?: string;
  b?: string;
}

/** Someone who answers. */
export interface Worker {
  name: string;
  answers: number;
  now: boolean;
}

/** A proved promise: at most this share is wrong, with this confidence. */
export interface Certificate {
  wrong: number;
  confidence: number;
  delivered: number;
  /** Who alone answered the pictures drawn at random, empty for several people. */
  by: string;
}

/** Everything the project page shows. */
export interface Progress {
  answers: number;
  items: number;
  answersPerPicture: number;
  estimate: { right: number; of: number; low: number; high: number } | null;
  certified: Certificate | null;
  promise: PromiseState | null;
  curve: CurvePoint[] | null;
  classes: ClassReport[] | null;
  pairs: MixedPair[] | null;
  next: NextUp[] | null;
  people: Worker[] | null;
  model: { version: number; training: boolean } | null;
  notices: string[] | null;
  /** Null for those who do not lead. */
  proposals: Proposals | null;
}

/** How many offers that were wrong on purpose were accepted. */
export interface Taken {
  accepted: number;
  of: number;
}

/** How far the child's guess is offered before the answer, and how people take wrong ones. */
export interface Proposals {
  on: boolean;
  /** A promise stands or was kept: all is asked blind. */
  promised: boolean;
  wrong: Taken;
  /** Too many wrong ones were accepted: all is asked blind again. */
  back: boolean;
  classes: ClassOffers[] | null;
}

/** How one class does, on blind answers where the child was sure of it. */
export interface ClassOffers {
  id: string;
  right: number;
  of: number;
  proved: boolean;
  shown: boolean;
  wrong: Taken;
  back: boolean;
}

/** One picture in the grid. */
export interface ItemRow {
  id: string;
  name: string;
  width: number;
  height: number;
  thumb: string;
  url: string;
  class: string;
  posterior: number;
  answers: number;
  state: string;
  /** Its class as a known answer; only managers are told. */
  gold?: string;
  /** What the child thinks, where it may be told. */
  thinks?: string;
  /** When it was taken out of the project. */
  removed?: number;
}

/** One standing answer on a picture; its class goes by name. */
export interface VoteView {
  annotator: string;
  answer: string;
  class: string;
  afterSeen: boolean;
  stored: number;
}

/** Taught pictures nearest to this one, for one class. */
export interface TaughtBy {
  class: string;
  items: { id: string; thumb: string; yours: boolean }[] | null;
}

/** One picture with all that is known about it. */
export interface ItemView extends ItemRow {
  /** The posterior of each live class, in their order; absent before the first answer. */
  weights?: number[] | null;
  votes: VoteView[] | null;
  /** Answers of rounds before the newest: history. */
  earlier: VoteView[] | null;
  /** The batch it is in, null for none. */
  batch?: { id: string; name: string } | null;
  /** How often it was asked anew. */
  round: number;
  thought: { class: string; rightOf10: number } | null;
  taughtBy: TaughtBy[] | null;
  /** What a reviewer decided, null when nobody did. */
  decided?: { class: string; note: string; stored: number } | null;
  /** What models elsewhere said, by the tables that were brought in. */
  others?: { source: string; class: string; p: number }[] | null;
}

/** A long piece of work. */
export interface Job {
  id: string;
  kind: string;
  state: string;
  done: number;
  total: number;
  note: string;
  report?: ImportReport | null;
}

/** What an import did. */
export interface ImportReport {
  imported: number;
  known: number;
  refused: number;
  reasons: Refusal[] | null;
}

/** One file that could not be taken. */
export interface Refusal {
  name: string;
  reason: string;
}

/** The picture of an item at one of the stored sizes. */
export function pictureUrl(project: string, item: string, side: 320 | 720 | 1440): string {
  return `/api/pictures/${encodeURIComponent(project)}/${encodeURIComponent(item)}/${side}`;
}

/** The classes people may still choose, in order. */
export function live(classes: readonly Class[]): Class[] {
  return classes.filter((c) => !c.deleted);
}
