import { useId } from "preact/hooks";
import { type Batch, LONGEST_BATCH, named } from "../../core/batch";
import { t } from "../../core/words";
import "../../style/batch.css";

/** What the naming of a batch shows. */
export interface BatchNameProps {
  label: string;
  /** Those there are; their names are offered. */
  batches: readonly Batch[];
  value: string;
  onValue: (name: string) => void;
  /** What is said while no name is written. */
  hint?: string;
}

/** A batch by its name: one there is, or a new one, which is said. */
export function BatchName({ label, batches, value, onValue, hint }: BatchNameProps) {
  const id = useId();
  const known = named(batches, value);
  const said = !value.trim() ? hint ?? "" : known ? t("batch.has", { n: known.pictures }) : t("batch.new");
  return (
    <div class="batch-name">
      <label class="label" for={id}>{label}</label>
      <input id={id} class="field" list={`${id}-l`} value={value} maxLength={LONGEST_BATCH} autocomplete="off" aria-describedby={`${id}-h`} onInput={(e) => onValue(e.currentTarget.value)} />
      <datalist id={`${id}-l`}>{batches.map((b) => <option key={b.id} value={b.name} />)}</datalist>
      <p class="label hint" id={`${id}-h`}>{said}</p>
    </div>
  );
}
