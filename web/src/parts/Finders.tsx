import { useEffect } from "preact/hooks";
import { nameOf } from "../core/naming";
import { forPage } from "../core/shortcuts";
import type { Class } from "../core/project";
import { date, t } from "../core/words";
import { flipped, type ListName, type Tally, type Wanted } from "../core/wanted";
import type { Browsing } from "./browsing";
import { Icon } from "./Icon";

/** Turns one thing to look for on and off, by its letter, too. */
export function Switch({ state, by, letter, icon }: { state: Browsing; by: "wrong" | "same"; letter: string; icon: string }) {
  const on = state.search.value.by === by;
  const turn = () => (on ? state.leave() : state.look({ by }));
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.code === `Key${letter}` && forPage(e) && !e.repeat) turn();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  return <button type="button" class="button" aria-pressed={on} aria-keyshortcuts={letter} onClick={turn}><Icon name={on ? "check" : icon} size={20} />{t(`browse.${by}`)}<kbd>{letter}</kbd></button>;
}

/** The picture that one looks for the like of; taking it away shows all again. */
export function LikeChip({ state }: { state: Browsing }) {
  const search = state.search.value;
  if (search.by !== "like") return null;
  return (
    <button type="button" class="chip" aria-label={t("browse.drop", { name: t("browse.likeThis") })} aria-keyshortcuts="Escape" onClick={() => state.leave()}>
      <img src={search.of.thumb} alt="" />{t("browse.likeThis")}<Icon name="close" size={18} />
    </button>
  );
}

interface Chip {
  text: string;
  without: Wanted;
}

/** Everything that is asked, each with a way to take it off. */
export function Chips({ classes, wanted: w, tally, onWant }: { classes: readonly Class[]; wanted: Wanted; tally: Tally | null; onWant: (w: Wanted) => void }) {
  return (
    <>
      {chips(classes, w, tally).map((c) => (
        <button key={c.text} type="button" class="chip" aria-label={t("browse.drop", { name: c.text })} onClick={() => onWant(c.without)}>
          {c.text}<Icon name="close" size={18} />
        </button>
      ))}
    </>
  );
}

function chips(classes: readonly Class[], w: Wanted, tally: Tally | null): Chip[] {
  const named = (id: string) => {
    const c = classes.find((x) => x.id === id);
    return c ? nameOf(c) : "";
  };
  const list = (name: ListName, text: (one: string) => string) => ((w[name] ?? []) as string[]).map((one) => ({ text: text(one), without: flipped(w, name, one) }));
  return [
    ...(w.text ? [{ text: `“${w.text}”`, without: { ...w, text: "" } }] : []),
    ...list("classes", named),
    ...list("thinks", (id) => t("browse.thinksOne", { name: named(id) })),
    ...list("stages", (s) => t(`browse.state.${s}`)),
    ...list("doubts", (d) => t(`browse.doubt.${d}`)),
    ...list("annotators", (id) => tally?.annotators?.find((p) => p.id === id)?.name ?? ""),
    ...list("batches", (id) => tally?.batches?.find((b) => b.id === id)?.name ?? ""),
    ...(["differ", "against", "gold", "removed"] as const).filter((f) => w[f]).map((f) => ({ text: t(`browse.flag.${f}`), without: { ...w, [f]: false } })),
    ...(["cameFrom", "answeredFrom"] as const).filter((f) => w[f]).map((f) => ({ text: t(`browse.since.${f}`, { day: date(w[f]!) }), without: { ...w, [f]: undefined } })),
    ...(["cameTo", "answeredTo"] as const).filter((f) => w[f]).map((f) => ({ text: t(`browse.until.${f}`, { day: date(w[f]! - 1) }), without: { ...w, [f]: undefined } })),
  ];
}
