import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ofTen } from "../core/doubt";
import { nameOf } from "../core/naming";
import { type Chosen, isChosen } from "../core/chosen";
import { type FoundRow, type Group, heads } from "../core/finding";
import type { Class } from "../core/project";
import { number, t } from "../core/words";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";
import { useRows } from "./useRows";

/** What the grid shows. */
export interface GridProps {
  project: string;
  classes: readonly Class[];
  rows: readonly FoundRow[];
  /** Pictures are being chosen: a tap chooses instead of opening. */
  choosing: boolean;
  chosen: Chosen;
  /** Called when a picture gets the focus. */
  onVisit: (item: string) => void;
  /** Sends a picture that may be wrong to the second look. */
  onAsk: (row: FoundRow) => void;
  /** Chooses the picture at a place, or all up to it. */
  onPick: (at: number, reach: boolean) => void;
  /** Called when its end comes near. */
  onEnd?: () => void;
}

/** Pictures in columns of 4:3, each with its class and how sure that is. However many there are, only those near the screen are drawn; those in groups are few and drawn all. */
export function Grid(props: GridProps) {
  const box = useRef<HTMLUListElement>(null);
  const grouped = props.rows.some((r) => r.group || r.task);
  return grouped ? <Some {...props} box={box} first={0} last={props.rows.length} above={0} below={0} /> : <Long {...props} box={box} />;
}

type Boxed = GridProps & { box: RefObject<HTMLUListElement> };

function Long(props: Boxed) {
  const rows = useRows(props.box, props.rows.length);
  const near = rows.last >= props.rows.length - 10;
  useEffect(() => {
    if (near) props.onEnd?.();
  }, [near, props.rows.length]);
  return <Some {...props} {...rows} />;
}

function Some({ rows, first, last, above, below, box, ...rest }: Boxed & { first: number; last: number; above: number; below: number }) {
  return (
    <ul class={rest.choosing ? "grid choosing" : "grid"} ref={box} style={{ paddingTop: above, paddingBottom: below }} aria-label={t("browse.grid")}>
      {rows.slice(first, last).map((r, i) => {
        const tile = <Tile key={r.id} {...rest} row={r} at={first + i} />;
        return heads(rows, first + i) ? [<Head key={`head ${r.id}`} of={r.group!} />, tile] : tile;
      })}
    </ul>
  );
}

type TileProps = Omit<GridProps, "rows" | "onEnd"> & { row: FoundRow; at: number };

function Tile({ project, row: r, at, classes, choosing, chosen, onVisit, onAsk, onPick }: TileProps) {
  const place = classes.findIndex((c) => c.id === r.class);
  const c = classes[place];
  const on = isChosen(chosen, r.id);
  const tap = (e: MouseEvent) => {
    if (!choosing) return;
    e.preventDefault();
    onPick(at, e.shiftKey);
  };
  return (
    <li class={on ? "chosen" : undefined}>
      <a class="shot" href={`/projects/${project}/pictures/${r.id}`} data-item={r.id} data-at={at} draggable={!choosing}
        role={choosing ? "checkbox" : undefined} aria-checked={choosing ? on : undefined} onFocus={() => onVisit(r.id)} onClick={tap} aria-label={spoken(r, c)}>
        <img src={r.thumb} alt="" loading="lazy" draggable={false} />
        {r.same && <span class="tag">{t("browse.twin")}</span>}
        {on && <span class="picked"><Icon name="check" size={20} /></span>}
      </a>
      <p class="grid-caption">
        {c ? <><ClassTile class={c} place={place} size="caption" /><b>{nameOf(c)}</b></> : <span class="label">{t("browse.noAnswer")}</span>}
        {c && <span class="label">{r.gold ? t("browse.gold") : sure(r)}</span>}
      </p>
      {r.task && <Ask row={r} onAsk={onAsk} />}
    </li>
  );
}

/** The heading of pictures that are nearly the same. */
function Head({ of }: { of: Group }) {
  return (
    <li class="grid-head">
      <h2>{t("browse.group", { n: number(of.size) })}</h2>
      {of.differ && <span class="grid-differ"><Icon name="mixed" size={18} />{t("browse.differ")}</span>}
    </li>
  );
}

/** The way of one picture to the second look, or that it is sent. */
function Ask({ row, onAsk }: { row: FoundRow; onAsk: (row: FoundRow) => void }) {
  if (row.asked) return <p class="grid-ask label" role="status"><Icon name="check" size={18} />{t("browse.asked")}</p>;
  return <button type="button" class="button grid-ask" aria-keyshortcuts="R" onClick={() => onAsk(row)}>{t("browse.ask")}<span class="unseen"> {row.name}</span></button>;
}

/** How sure the class of a picture is, in tenths. */
export function sure(r: { posterior: number }): string {
  const n = ofTen(r.posterior);
  return n === 0 ? t("browse.sureUnder") : t("browse.sure", { n });
}

function spoken(r: FoundRow, c: Class | undefined): string {
  const text = c ? t("browse.spoken", { name: r.name, class: nameOf(c), sure: sure(r) }) : t("browse.spokenNone", { name: r.name });
  return r.same ? `${text}, ${t("browse.twin")}` : text;
}
