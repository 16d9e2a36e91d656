import type { ComponentChildren } from "preact";
import { lazy, Suspense } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { t } from "../core/words";
import { wayOut } from "../core/wayout";
import { Problem } from "../sync/api";
import { me } from "../sync/me";

/** Fetched when something is wrong: a page that brings its own frame does without. */
const Frame = lazy(() => import("./Page").then((m) => ({ default: m.Page })));

/** What a page asked the server for: the thing, or why there is none. */
export interface Load<T> {
  value: T | null;
  problem: string;
  /** What the server answered when there is a problem; 0 when it did not. */
  status: number;
  again: () => void;
}

/** Asks once, and again whenever `again` is called; what was there stays until the new is there. */
export function useLoad<T>(ask: () => Promise<T>, deps: readonly unknown[]): Load<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  const [status, setStatus] = useState(0);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stale = false;
    ask().then(
      (v) => {
        if (stale) return;
        setValue(v);
        setProblem("");
      },
      (e: unknown) => {
        if (stale) return;
        setStatus(e instanceof Problem ? e.status : 0);
        setProblem(e instanceof Error && e.message ? e.message : t("page.lineDown"));
      },
    );
    return () => {
      stale = true;
    };
  }, [...deps, round]);
  return { value, problem, status, again: () => setRound((r) => r + 1) };
}

interface LoadedProps<T> {
  load: Load<T>;
  /** The children bring the page's frame with them: what is wrong needs one. */
  alone?: boolean;
  children: (value: T) => ComponentChildren;
}

/** Shows the children once the thing is there; words after 400 ms, and a way out when it does not come. */
export function Loaded<T>({ load, alone, children }: LoadedProps<T>) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400);
    return () => clearTimeout(timer);
  }, []);
  if (load.value !== null) return <>{children(load.value)}</>;
  if (load.problem) {
    const wrong = (
      <div class="hold" role="alert">
        <p>{load.problem}</p>
        <Out load={load} />
      </div>
    );
    return alone ? <Suspense fallback={null}><Frame title="Akhra">{wrong}</Frame></Suspense> : wrong;
  }
  return <p class="hold" aria-live="polite">{slow ? t("page.loading") : ""}</p>;
}

function Out({ load }: { load: Load<unknown> }) {
  switch (wayOut(load.status)) {
    case "home": return <a class="button" href="/">{t("home.title")}</a>;
    case "sign-in": return <button type="button" class="button" onClick={() => (me.value = null)}>{t("signin.do")}</button>;
    case "again": return <button type="button" class="button" onClick={load.again}>{t("page.again")}</button>;
  }
}
