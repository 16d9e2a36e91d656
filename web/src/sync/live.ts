// Server-sent events of a project. The browser opens the line again by itself.

/** Calls back soon after anything changed, at most about once in two seconds; returns how to stop. */
export function follow(project: string, changed: () => void, open?: (up: boolean) => void): () => void {
  const line = new EventSource(`/api/projects/${encodeURIComponent(project)}/events`, { withCredentials: true });
  let timer = 0;
  let last = 0;
  const soon = () => {
    if (timer) return;
    const wait = Math.max(50, 2000 - (Date.now() - last));
    timer = window.setTimeout(() => {
      timer = 0;
      last = Date.now();
      changed();
    }, wait);
  };
  line.addEventListener("progress", soon);
  line.addEventListener("job", soon);
  line.onopen = () => open?.(true);
  line.onerror = () => open?.(false);
  return () => {
    line.close();
    window.clearTimeout(timer);
  };
}
