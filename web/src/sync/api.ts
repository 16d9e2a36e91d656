// Every request of the app to its server.
import { t } from "../core/words";

/** A refusal or a failure with a sentence to show. Status 0 is a line that is down. */
export class Problem extends Error {
  constructor(readonly status: number, readonly type: string, title: string) {
    super(title);
  }
}

const PATIENCE = 30_000;

async function call<T>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(PATIENCE);
  const init: RequestInit = { method, credentials: "same-origin", signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
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
  const p = (said ?? {}) as { type?: string; title?: string };
  return new Problem(status, p.type ?? "", p.title || t("page.lineDown"));
}

export const get = <T>(url: string, signal?: AbortSignal): Promise<T> => call("GET", url, undefined, signal);
export const post = <T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> => call("POST", url, body, signal);
export const put = <T>(url: string, body: unknown): Promise<T> => call("PUT", url, body);
export const patch = <T>(url: string, body: unknown): Promise<T> => call("PATCH", url, body);
export const del = <T>(url: string): Promise<T> => call("DELETE", url);
