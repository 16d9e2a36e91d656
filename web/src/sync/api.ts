// Every request of the app to its server.
import { signal } from "@preact/signals";
import { said } from "../core/server";
import { t } from "../core/words";

/** A refusal or a failure with a sentence to show. Status 0 is a line that is down. */
export class Problem extends Error {
  /** fields names the wrong parts of what was sent. */
  constructor(readonly status: number, readonly type: string, title: string, readonly fields: readonly string[] = []) {
    super(title);
  }
}

/** The server's disk is nearly full: it takes no answers until there is space. */
export const diskLow = signal(false);

const PATIENCE = 30_000;

async function call<T>(method: string, url: string, body?: unknown, packs = false): Promise<T> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(PATIENCE) };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
  }
  if (packs && typeof CompressionStream !== "undefined") {
    init.body = await packed(init.body as string);
    init.headers = { ...init.headers, "Content-Encoding": "gzip" };
  }
  return ask(url, init);
}

/** Sends a file as it is, however long that takes. */
export function send<T>(url: string, body: Blob, type: string): Promise<T> {
  return ask(url, { method: "POST", body, headers: { "Content-Type": type } });
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url, { ...init, credentials: "same-origin" });
  } catch {
    throw new Problem(0, "offline", t("page.lineDown"));
  }
  diskLow.value = answer.headers.get("Akhra-Disk") === "low";
  if (answer.status === 204) return undefined as T;
  const told: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemOf(answer.status, told);
  return told as T;
}

function packed(text: string): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

function problemOf(status: number, told: unknown): Problem {
  const p = (told ?? {}) as { type?: string; title?: string; errors?: { location: string }[] };
  return new Problem(status, p.type ?? "", p.title ? said(p.title) : t("page.lineDown"), (p.errors ?? []).map((e) => e.location));
}

export const get = <T>(url: string): Promise<T> => call("GET", url);
export const post = <T>(url: string, body: unknown): Promise<T> => call("POST", url, body);
/** Sends a body packed, where the browser can: over a slow line it takes a third of the time. */
export const postPacked = <T>(url: string, body: unknown): Promise<T> => call("POST", url, body, true);
export const put = <T>(url: string, body: unknown): Promise<T> => call("PUT", url, body);
export const patch = <T>(url: string, body: unknown): Promise<T> => call("PATCH", url, body);
export const del = <T>(url: string): Promise<T> => call("DELETE", url);
