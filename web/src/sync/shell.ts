// The app on the device: registers the worker that keeps it, and changes to a
// newer version at a moment when nobody is in the middle of something.
import { path } from "../core/route";

/** Whether this browser keeps the app and pictures for work without a line: over https, and on the server's own machine. */
export const keeps = typeof navigator !== "undefined" && isSecureContext && "serviceWorker" in navigator && "caches" in globalThis;

const LOOK_AGAIN = 60 * 60_000;

interface Policy {
  createScriptURL(url: string): string;
}

/** Work under way that a change to a newer version would break off. */
let underWay = 0;

/** Lets work end before the page changes to a newer version of itself. */
export async function busily<T>(work: Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work;
  } finally {
    underWay--;
  }
}

/** Keeps the app on the device from now on. */
export function keepShell(): void {
  if (!keeps || !import.meta.env.PROD) return;
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register(), { once: true });
}

/** A newer version waits until this page asks for it, or another tab has; a first one changes nothing on the page. */
async function register(): Promise<void> {
  const worker = navigator.serviceWorker;
  const had = worker.controller !== null;
  const line = await worker.register(address(), { updateViaCache: "none" });
  let asked = false;
  worker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
    else if (had) atCalm(() => location.reload());
  });
  const takeOver = () => {
    if (!line.waiting || !worker.controller) return;
    atCalm(() => {
      asked = true;
      line.waiting?.postMessage("take over");
    });
  };
  takeOver();
  line.addEventListener("updatefound", () => line.installing?.addEventListener("statechange", takeOver));
  setInterval(() => void line.update().catch(() => undefined), LOOK_AGAIN);
}

/** The one script address that the page's trusted types let through. */
function address(): string {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  const rules: Policy = {
    createScriptURL: (url) => {
      if (url !== "/sw.js") throw new TypeError(`no script of ours: ${url}`);
      return url;
    },
  };
  return (types?.createPolicy("akhra", rules) ?? rules).createScriptURL("/sw.js");
}

/** Runs once when the page is not looked at or she goes to another, nothing is on its way and nothing is typed. */
function atCalm(run: () => void): void {
  const page = path.peek();
  let done = false;
  const once = () => {
    if (done || (!document.hidden && path.peek() === page) || underWay > 0 || isTyped()) return;
    done = true;
    document.removeEventListener("visibilitychange", once);
    deaf();
    run();
  };
  document.addEventListener("visibilitychange", once);
  const deaf = path.subscribe(() => queueMicrotask(once));
  once();
}

function isTyped(): boolean {
  return [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")].some((f) => f.type !== "search" && f.value !== f.defaultValue && f.value !== "");
}
