// The worker that stands between the pages and the line: it keeps the app
// itself and the pictures of packs on the device, so that both are there
// without a line. It knows no answers: those lie in the outbox.

/** What the build knows: its name, the files to keep, and the script that index.html must name. */
declare const __SHELL__: { version: string; files: string[]; entry: string };

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  addEventListener(kind: "install" | "activate", hear: (e: Lasting) => void): void;
  addEventListener(kind: "fetch", hear: (e: Asked) => void): void;
  addEventListener(kind: "message", hear: (e: MessageEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;
const SHELL = "shell-";
const MINE = SHELL + __SHELL__.version;
const PICTURES = "pictures";
const SIDES = [320, 720, 1440];

worker.addEventListener("install", (e) => e.waitUntil(keepShell()));
worker.addEventListener("activate", (e) => e.waitUntil(tidy().then(() => worker.clients.claim())));
worker.addEventListener("message", (e) => e.data === "take over" && void worker.skipWaiting());
worker.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (isPage(e.request, url)) e.respondWith(page(e.request));
  else if (__SHELL__.files.includes(url.pathname) || url.pathname.startsWith("/assets/")) e.respondWith(file(e.request));
  else if (url.pathname.startsWith("/api/pictures/")) e.respondWith(picture(e.request, url));
});

/** Keeps the whole app or nothing: half a version is none. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(MINE);
  await cache.addAll(__SHELL__.files.map((f) => new Request(f, { cache: f.startsWith("/assets/") ? "default" : "no-cache" })));
  const index = await (await cache.match("/"))!.text();
  if (index.includes(__SHELL__.entry)) return;
  await caches.delete(MINE);
  throw new Error("the server changed its version meanwhile");
}

/** Drops old versions but the last, which pages that are open may still read. */
async function tidy(): Promise<void> {
  const old = (await caches.keys()).filter((k) => k.startsWith(SHELL) && k !== MINE);
  await Promise.all(old.slice(0, -1).map((k) => caches.delete(k)));
}

function isPage(request: Request, url: URL): boolean {
  return request.mode === "navigate" && !url.pathname.startsWith("/api/") && !/\.\w+$|^\/(livez|readyz)$/.test(url.pathname);
}

async function page(request: Request): Promise<Response> {
  return (await caches.match("/", { cacheName: MINE })) ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: MINE })) ?? (await caches.match(request)) ?? fetch(request);
}

/** A picture of a pack, or the same one larger, costs no line; a smaller one is better than none. */
async function picture(request: Request, url: URL): Promise<Response> {
  const side = SIDES.find((s) => url.pathname.endsWith(`/${s}`));
  if (side === undefined) return (await firstOf([url.pathname])) ?? fetch(request); // of a guideline
  const kept = (sides: number[]) => firstOf(sides.map((s) => url.pathname.replace(/\d+$/, String(s))));
  const here = await kept(SIDES.filter((s) => s >= side));
  if (here) return here;
  try {
    return await fetch(request);
  } catch (cut) {
    const smaller = await kept(SIDES.filter((s) => s < side).reverse());
    if (smaller) return smaller;
    throw cut;
  }
}

async function firstOf(paths: string[]): Promise<Response | undefined> {
  for (const path of paths) {
    const kept = await caches.match(path, { cacheName: PICTURES });
    if (kept) return kept;
  }
  return undefined;
}
