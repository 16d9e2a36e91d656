// Where one is: the address decides the page.
import { signal } from "@preact/signals";

/** The path of the page that is shown. */
export const path = signal(typeof location === "undefined" ? "/" : location.pathname);

/** Goes to another page of the app. */
export function navigate(to: string): void {
  history.pushState(null, "", to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** Lets links and the back button change the page without loading it anew. */
export function followLinks(): void {
  addEventListener("popstate", () => (path.value = location.pathname));
  addEventListener("click", (e) => {
    const a = (e.target as Element).closest?.("a");
    if (!a || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    if (a.origin !== location.origin || a.target || a.hasAttribute("download") || a.pathname.startsWith("/api/")) return;
    if (a.hash && a.pathname === location.pathname) return;
    e.preventDefault();
    navigate(a.pathname + a.search);
  });
}

/** The places of a pattern like "/projects/:p/work" in a path, null when it does not match. */
export function match(pattern: string, of: string): Record<string, string> | null {
  const want = pattern.split("/");
  const have = of.replace(/(.)\/$/, "$1").split("/");
  if (want.length !== have.length) return null;
  const places: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const got = have[i]!;
    if (part.startsWith(":")) {
      if (got === "") return null;
      places[part.slice(1)] = decode(got);
    } else if (part !== got) {
      return null;
    }
  }
  return places;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
