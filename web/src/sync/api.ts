// Every request of the app to its server.
import { t } from "../core/words";

/** A refusal or a failure with a sentence to show. Status 0 is a line that is down. */
export class Problem extends Error {
  /** fields names the wrong parts of what was sent. */
  constructor(readonly status: number, readonly type: string, title: string, readonly fields: readonly string[] = []) {
    super(title);
  }
}

const PATIENCE = 30_000;

async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
  }
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch {
    throw new Problem(0, "offline", t("page.lineDown"));
  }
  if (answer.status === 204) return undefined as T;
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemOf(answer.status, said);
  return said as T;
}

function problemOf(status: number, said: unknown): Problem {
  const p = (said ?? {}) as { type?: string; title?: string; errors?: { location: string }[] };
  return new Problem(status, p.type ?? "", p.title || t("page.lineDown"), (p.errors ?? []).map((e) => e.location));
}

export const get = <T>(url: string): Promise<T> => call("GET", url);
export const post = <T>(url: string, body: unknown): Promise<T> => call("POST", url, body);
export const put = <T>(url: string, body: unknown): Promise<T> => call("PUT", url, body);
export const patch = <T>(url: string, body: unknown): Promise<T> => call("PATCH", url, body);
export const del = <T>(url: string): Promise<T> => call("DELETE", url);
