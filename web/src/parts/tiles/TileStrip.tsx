import { nameOf } from "../../core/naming";
import type { Class } from "../../core/project";
import { t } from "../../core/words";
import type { Tiles } from "../../sync/tiles";
import { Icon } from "../Icon";

/** What she said of the last page, what of it was wrong on purpose, and the way back. */
export function TileStrip({ tiles, classes, onUndo }: { tiles: Tiles; classes: readonly Class[]; onUndo: () => void }) {
  const page = tiles.last.value;
  if (!page) return <section class="strip" aria-label={t("grid.last")}><p class="strip-first">{t("grid.begin")}</p></section>;
  const c = classes.find((one) => one.id === page.grid.class);
  const one = tiles.planted.value[0];
  return (
    <section class="strip" aria-label={t("grid.last")} aria-live="polite">
      <p class="tiles-said">{t("grid.said", { n: page.said.length - page.struck.size, m: page.struck.size, name: c ? nameOf(c) : t("item.oldClass") })}</p>
      {one && (
        <div class="tiles-planted">
          <img class="strip-thumb" src={one.pictures["320"]} alt="" />
          <p>{t("grid.planted")}</p>
          <button type="button" class="button" onClick={() => void tiles.lookAgain(one)}>{t("grid.lookAgain")}</button>
        </div>
      )}
      <button type="button" class="button strip-undo" onClick={onUndo} aria-keyshortcuts="Z"><Icon name="undo" />{t("grid.undo")}<kbd>Z</kbd></button>
    </section>
  );
}
