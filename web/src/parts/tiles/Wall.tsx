import { useEffect, useRef, useState } from "preact/hooks";
import type { Task } from "../../core/annotation";
import { forPage } from "../../core/shortcuts";
import { step } from "../../core/tiles";
import { t } from "../../core/words";
import { fitting } from "../../sync/pictures";
import { Icon } from "../Icon";

interface WallProps {
  tiles: readonly Task[];
  struck: ReadonlySet<string>;
  onTurn: (assignment: string) => void;
  /** Called once every picture is there. */
  onWhole: () => void;
}

/** The pictures of one page. Arrows move, Space and X strike out; so does a tap. */
export function Wall({ tiles, struck, onTurn, onWhole }: WallProps) {
  const box = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const [there, setThere] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (there.size === tiles.length) onWhole();
  }, [there]);
  const here = () => box.current!.querySelectorAll<HTMLButtonElement>(".wall-tile");
  useEffect(() => here()[0]?.focus({ preventScroll: true }), []);
  const press = (e: KeyboardEvent) => {
    if (e.code === "KeyX" && !e.repeat && forPage(e)) {
      onTurn(tiles[at]!.id);
    } else if (e.key.startsWith("Arrow")) {
      const to = step(at, e.key, columnsOf(here()), tiles.length);
      setAt(to);
      here()[to]?.focus();
    } else {
      return;
    }
    e.preventDefault();
  };
  return (
    <ul class="wall" ref={box} onKeyDown={press} aria-label={t("grid.wall")}>
      {tiles.map((one, i) => (
        <li key={one.id}>
          <button type="button" class={struck.has(one.id) ? "wall-tile wall-struck" : "wall-tile"} aria-pressed={struck.has(one.id)} tabIndex={i === at ? 0 : -1}
            aria-label={t(struck.has(one.id) ? "grid.tileStruck" : "grid.tile", { n: i + 1, m: tiles.length })} aria-keyshortcuts="Space X"
            onFocus={() => setAt(i)} onClick={() => onTurn(one.id)}>
            <img src={fitting(one, 320)} alt="" draggable={false} onLoad={() => setThere((have) => new Set(have).add(one.id))} onError={() => setThere((have) => new Set(have).add(one.id))} />
            {struck.has(one.id) && <Cross />}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Two strokes in two tones, seen on any picture, and a sign in the corner. */
function Cross() {
  return (
    <>
      <svg class="wall-cross" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><path d="M0 0L100 100M100 0L0 100" /><path d="M0 0L100 100M100 0L0 100" /></svg>
      <span class="wall-sign"><Icon name="close" size={20} /></span>
    </>
  );
}

/** How many stand in the first row. */
function columnsOf(list: NodeListOf<HTMLElement>): number {
  const top = list[0]?.offsetTop ?? 0;
  const n = [...list].findIndex((one) => one.offsetTop !== top);
  return n < 0 ? Math.max(1, list.length) : n;
}
