/** Several of a list, each with its words. */
export function Choices({ legend, all, chosen, words, onChange }: { legend: string; all: readonly string[]; chosen: readonly string[]; words: (one: string) => string; onChange: (next: string[]) => void }) {
  return (
    <fieldset class="roles">
      <legend class="label">{legend}</legend>
      {all.map((one) => (
        <label key={one} class="check">
          <input type="checkbox" checked={chosen.includes(one)} onChange={(e) => onChange(e.currentTarget.checked ? [...chosen, one] : chosen.filter((c) => c !== one))} />
          <span>{words(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
