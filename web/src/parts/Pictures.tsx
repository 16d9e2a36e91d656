import { useEffect, useRef } from "preact/hooks";
import { pick, reach } from "../core/chosen";
import { step } from "../core/doubt";
import type { Class } from "../core/project";
import { navigate } from "../core/route";
import { forPage } from "../core/shortcuts";
import { may } from "../sync/me";
import type { Browsing } from "./browsing";
import { Grid } from "./Grid";
import { rowTop } from "./useRows";

/** The grid of the browse page with its keys: arrows move, with shift they choose, too; a press drawn over pictures chooses them. */
export function Pictures({ project, classes, state }: { project: string; classes: readonly Class[]; state: Browsing }) {
  const box = useRef<HTMLDivElement>(null);
  const tiles = () => [...(box.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
  useEffect(() => {
    const first = state.search.value.by !== "doubt" && state.at.value === "";
    return takeUp(box.current!, first ? "[data-item]" : `[data-item="${state.at.value}"]`, state.ids.value.indexOf(state.at.value));
  }, [state.search.value, state.found.value.length]);
  const choose = (at: number, far: boolean) => (state.chosen.value = (far ? reach : pick)(state.chosen.value, state.ids.value, at));
  useKeys(project, state);
  const key = (e: KeyboardEvent) => {
    const all = tiles();
    const here = all.indexOf(document.activeElement as HTMLElement);
    if (here < 0 || !forPage(e)) return;
    const at = Number(all[here]!.dataset.at);
    const row = state.list.value[at]!;
    if (e.code === "KeyL") return state.look({ by: "like", of: row });
    if (e.code === "KeyX" && may("manage-project")) return void ((state.choosing.value = true), choose(at, false));
    if (e.code === "KeyR" && row.task) {
      void state.ask(row);
      return all[here + 1]?.focus();
    }
    if (e.key === " " && state.choosing.value) {
      e.preventDefault();
      return void choose(at, false);
    }
    const to = step(e.key, here, all.map((x) => x.getBoundingClientRect()));
    if (to < 0) return;
    e.preventDefault();
    all[to]!.focus();
    if (e.shiftKey && state.choosing.value) {
      if (state.chosen.value.from < 0) choose(at, false);
      choose(Number(all[to]!.dataset.at), true);
    }
  };
  return (
    <div ref={box} onKeyDown={key} {...useDrag(state, choose)}>
      <Grid project={project} classes={classes} rows={state.list.value} choosing={state.choosing.value} chosen={state.chosen.value} onPick={choose}
        onVisit={(id) => (state.at.value = id)} onAsk={(row) => void state.ask(row)} onEnd={() => void state.more()} />
    </div>
  );
}

/** Frames to wait until a tile that was scrolled to is drawn. */
const FRAMES = 30;

/** Puts the focus on a tile; one that is too far away to be drawn is scrolled to first. Returns how to give up. */
function takeUp(box: HTMLElement, selector: string, place: number): () => void {
  let frame = 0;
  const look = (left: number) => {
    const el = box.querySelector<HTMLElement>(selector);
    const grid = box.querySelector<HTMLElement>(".grid");
    el?.focus();
    el?.scrollIntoView({ block: "nearest" });
    if (el || !grid || place < 0 || left === 0) return;
    if (left === FRAMES) scrollBy(0, grid.getBoundingClientRect().top + rowTop(grid, place) - innerHeight / 2);
    frame = requestAnimationFrame(() => look(left - 1));
  };
  look(FRAMES);
  return () => cancelAnimationFrame(frame);
}

/** Keys that work wherever one is on the page. */
function useKeys(project: string, state: Browsing): void {
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (!forPage(e)) return;
      if (e.code === "KeyC" && may("manage-project") && state.list.value.length > 0) state.choose(!state.choosing.value);
      if (e.key !== "Escape") return;
      if (state.choosing.value) state.choose(false);
      else if (state.search.value.by === "doubt") navigate(`/projects/${project}`);
      else state.leave();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [project, state]);
}

/** A mouse pressed on one picture and drawn over others chooses all between. */
function useDrag(state: Browsing, choose: (at: number, far: boolean) => void) {
  const from = useRef(-1);
  const drawn = useRef(false);
  const placeOf = (e: Event) => Number((e.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at ?? -1);
  return {
    onPointerDown: (e: PointerEvent) => {
      drawn.current = false;
      from.current = state.choosing.value && e.pointerType === "mouse" && e.button === 0 && !e.shiftKey ? placeOf(e) : -1;
    },
    onPointerOver: (e: PointerEvent) => {
      const at = placeOf(e);
      if (from.current < 0 || at < 0 || e.buttons !== 1 || at === from.current && !drawn.current) return;
      if (!drawn.current) state.chosen.value = { ...state.chosen.value, from: from.current };
      drawn.current = true;
      choose(at, true);
    },
    onPointerUp: () => (from.current = -1),
    onClickCapture: (e: MouseEvent) => {
      if (!drawn.current) return;
      drawn.current = false;
      e.preventDefault();
      e.stopPropagation();
    },
  };
}
