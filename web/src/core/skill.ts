// How well people answer, as numbers the pages put into words.
import { ofTen } from "./doubt";
import type { Class } from "./project";

/** What an annotator said to pictures of one class, in expected numbers of answers, most often first. */
export interface ConfusionRow {
  class: string;
  of: number;
  said: { class: string; times: number }[];
}

/** An annotator's estimated reliability and what it comes from. */
export interface Skill {
  accuracy: number;
  low: number;
  high: number;
  few: boolean;
  /** Of the answers, how many are expected to name what the picture is. */
  agree: number;
  of: number;
  confusion: ConfusionRow[];
}

/** One annotator of a project as those who lead it see her. */
export interface AnnotatorView {
  id: string;
  name: string;
  answers: number;
  notSure: number;
  skips: number;
  paceMillis: number;
  /** Pictures that still want an answer of hers. */
  left: number;
  /** Quarters of an hour in which she answered. */
  hours: number;
  agreement: Agreed;
  skill: Skill | null;
  known: { right: number; of: number };
  /** Offers that were wrong on purpose, and how many of them she accepted. */
  wrong: { accepted: number; of: number };
}

/** How many answers another person's answer to the same picture is expected to repeat. */
export interface Agreed {
  same: number;
  of: number;
}

/** All people of a project together. */
export interface Whole {
  items: number;
  done: number;
  review: number;
  left: number;
  answers: number;
  paceMillis: number;
  hours: number;
  agreement: Agreed;
  /** Of ten pairs of answers, how many would say the same by chance. */
  expected: number;
  known: { right: number; of: number };
}

/** One page of a project's annotators, most answers first. */
export interface SkillPage {
  people: AnnotatorView[];
  next: string;
  labels: { version: number; classes: Class[] };
  pooled: boolean;
  whole: Whole;
}

/** One's own work in one project. */
export interface WorkProject {
  id: string;
  name: string;
  answers: number;
  notSure: number;
  skips: number;
  skill: Skill | null;
  knownOf10: number | null;
  /** The accuracy of all, told of five people and more, and as of how many answers it is added to one's own. */
  average: number | null;
  drawn: number;
  labels: { version: number; classes: Class[] };
}

/** What one did oneself: the last days, today last, and how well by project. */
export interface WorkView {
  days: { day: string; answers: number }[];
  projects: WorkProject[];
}

/** A settled picture on which one's own answer differs. */
export interface Mismatch {
  task: string;
  item: string;
  thumb: string;
  url: string;
  said: string;
  settled: string;
  stored: number;
  appeal: "" | "open" | "closed";
}

/** One page of them, newest first. */
export interface MismatchPage {
  mismatches: Mismatch[];
  next: string;
}

/** "8 of 10, between 7 and 9": the ends are null where they say no more than the middle. */
export function tenRange(s: Skill): { ten: number; low: number | null; high: number | null } {
  const [low, ten, high] = [ofTen(s.low), ofTen(s.accuracy), ofTen(s.high)];
  return low >= high ? { ten, low: null, high: null } : { ten, low, high };
}

/** Two classes an annotator mixes up: she says one of so many of ten that are the other. */
export interface MixUp {
  truth: string;
  said: string;
  ten: number;
}

/** How many answers a class needs before its mix-ups are put into words, and how many of them must be so. */
const LEAST_OF = 5;
const LEAST_TIMES = 1.5;

/** What an annotator mixes up most, most often first. */
export function mixUps(s: Skill, limit: number): MixUp[] {
  const cells = s.confusion.filter((r) => r.of >= LEAST_OF).flatMap((r) =>
    r.said.filter((c) => c.class !== r.class && c.times >= LEAST_TIMES).map((c) => ({ truth: r.class, said: c.class, times: c.times, ten: Math.round((10 * c.times) / r.of) })));
  return cells.filter((c) => c.ten > 0).sort((a, b) => b.times - a.times).slice(0, limit).map(({ truth, said, ten }) => ({ truth, said, ten }));
}

/** The confusion as a table over the classes: rows are what the pictures were, cells how often what was said. */
export function matrix(s: Skill, classes: readonly Class[]): { of: number; times: number[] }[] {
  const rows = new Map(s.confusion.map((r) => [r.class, r]));
  return classes.map((c) => {
    const row = rows.get(c.id);
    const said = new Map(row?.said.map((x) => [x.class, x.times]));
    return { of: row?.of ?? 0, times: classes.map((l) => said.get(l.id) ?? 0) };
  });
}

/** A part of a whole in natural numbers: of 100 where there are that many, else as counted. */
export function frequency(n: number, of: number): { n: number; of: number } {
  return of < 100 ? { n, of } : { n: Math.round((100 * n) / of), of: 100 };
}

/** A part of a whole in words: as counted below 20, of ten below 100, then of 100. */
export function naturally(n: number, of: number): { n: number; of: number } {
  if (of < 20) return { n: Math.round(n), of };
  return of < 100 ? { n: Math.round((10 * n) / of), of: 10 } : { n: Math.round((100 * n) / of), of: 100 };
}

/** The moment a day began here. */
export function dayStart(day: string): number {
  const [y, m, d] = day.split("-").map(Number);
  return new Date(y!, m! - 1, d!).getTime();
}
