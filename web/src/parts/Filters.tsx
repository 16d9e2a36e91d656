import { type Filter, STATES, type StateKey } from "../core/doubt";
import { nameOf } from "../core/naming";
import type { Class } from "../core/project";
import { number, t } from "../core/words";
import { ClassTile } from "./ClassTile";

/** A filter to turn on or off. */
export interface Choice {
  class?: string;
  state?: StateKey;
}

/** What the filters show. */
export interface FiltersProps {
  classes: readonly Class[];
  filter: Filter;
  counts: { classes: Map<string, number>; states: Map<StateKey, number> };
  onChoose: (c: Choice) => void;
}

/** The filters of the browse page: classes and states, each with its count. */
export function Filters({ classes, filter, counts, onChoose }: FiltersProps) {
  return (
    <aside class="filters" aria-label={t("browse.filter")}>
      <fieldset>
        <legend>{t("browse.class")}</legend>
        {classes.map((c, i) => (
          <label key={c.id} class="check">
            <input type="checkbox" checked={filter.classes.has(c.id)} onChange={() => onChoose({ class: c.id })} />
            <ClassTile class={c} place={i} size="line" />
            <span>{nameOf(c)}</span>
            <span class="label">{number(counts.classes.get(c.id) ?? 0)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t("browse.answers")}</legend>
        {STATES.map((s) => (
          <label key={s} class="check">
            <input type="checkbox" checked={filter.states.has(s)} onChange={() => onChoose({ state: s })} />
            <span>{t(`browse.state.${s}`)}</span>
            <span class="label">{number(counts.states.get(s) ?? 0)}</span>
          </label>
        ))}
      </fieldset>
    </aside>
  );
}
