import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../core/words";
import { type View, WHOLE, drag, zoomAt } from "../../core/zoom";
import type { Shot } from "../../sync/pictures";

/** The picture under question, and nothing on it. Wheel, pinch and keys enlarge it; dragging moves it. */
export function Stage({ task, shot, hidden, onReload, onUnhide, view, onView }: {
  task: string;
  shot: Shot | null;
  hidden: boolean;
  onReload: () => void;
  onUnhide: () => void;
  view: View;
  onView: (v: View) => void;
}) {
  const well = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = well.current;
    if (!box) return;
    if (shot === null || shot === "broken" || hidden) {
      box.replaceChildren();
      return;
    }
    shot.className = "stage-picture";
    shot.alt = t("work.alt");
    if (box.firstChild !== shot) box.replaceChildren(shot);
  }, [shot, hidden]);
  useLayoutEffect(() => {
    if (shot instanceof HTMLImageElement) shot.style.transform = view.scale === 1 ? "" : `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  }, [shot, view]);
  useGestures(well, view, onView);
  return (
    <div class={view.scale > 1 ? "stage stage-zoomed" : "stage"}>
      <div class="stage-well" ref={well} />
      {shot === null && !hidden && <Coming key={task} />}
      {shot === "broken" && !hidden && (
        <div class="stage-note" role="alert">
          <p>{t("work.broken")}</p>
          <button type="button" class="button" onClick={onReload}>{t("page.again")}</button>
        </div>
      )}
      {hidden && (
        <div class="stage-note">
          <p>{t("work.hidden")}</p>
          <button type="button" class="button" onClick={onUnhide}>{t("work.unhide")}</button>
        </div>
      )}
    </div>
  );
}

/** Words in the place of a picture that does not come at once. */
export function Coming() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return slow ? <div class="stage-note" role="status"><p>{t("work.coming")}</p></div> : null;
}

/** Wheel, pinch and drag on the picture. */
function useGestures(well: { current: HTMLDivElement | null }, view: View, onView: (v: View) => void): void {
  const now = useRef(view);
  now.current = view;
  useEffect(() => {
    const box = well.current;
    if (!box) return;
    const fingers = new Map<number, PointerEvent>();
    const size = () => ({ width: box.clientWidth, height: box.clientHeight });
    const at = (e: MouseEvent) => {
      const r = box.getBoundingClientRect();
      return { x: e.clientX - r.left - r.width / 2, y: e.clientY - r.top - r.height / 2 };
    };
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      onView(zoomAt(now.current, Math.exp(-e.deltaY / 300), at(e), size()));
    };
    const down = (e: PointerEvent) => {
      box.setPointerCapture(e.pointerId);
      fingers.set(e.pointerId, e);
    };
    const move = (e: PointerEvent) => {
      const before = fingers.get(e.pointerId);
      if (!before) return;
      const other = [...fingers.values()].find((f) => f.pointerId !== e.pointerId);
      fingers.set(e.pointerId, e);
      if (!other) {
        onView(drag(now.current, e.clientX - before.clientX, e.clientY - before.clientY, size()));
        return;
      }
      const spread = (p: PointerEvent) => Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY);
      onView(zoomAt(now.current, spread(e) / Math.max(1, spread(before)), at(e), size()));
    };
    const up = (e: PointerEvent) => void fingers.delete(e.pointerId);
    const double = (e: MouseEvent) => onView(now.current.scale > 1 ? WHOLE : zoomAt(now.current, 2.5, at(e), size()));
    const events = { wheel, pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, dblclick: double };
    for (const [name, f] of Object.entries(events)) box.addEventListener(name, f as EventListener, { passive: false });
    return () => {
      for (const [name, f] of Object.entries(events)) box.removeEventListener(name, f as EventListener);
    };
  }, []);
}
