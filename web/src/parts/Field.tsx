import { useId } from "preact/hooks";

/** A labelled field. */
export interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  type?: string;
  autoComplete?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  /** Leaves letters as they are typed: no capitals, no correction. */
  plain?: boolean;
}

/** A field with its label above and its hint below. */
export function Field({ label, value, onValue, hint, type = "text", autoComplete, required, minLength, maxLength, plain }: FieldProps) {
  const id = useId();
  return (
    <div class="fieldset">
      <label class="label" for={id}>{label}</label>
      <input id={id} class="field" type={type} value={value} autocomplete={autoComplete} required={required} minLength={minLength} maxLength={maxLength}
        autocapitalize={plain ? "none" : undefined} spellcheck={plain ? false : undefined} aria-describedby={hint ? `${id}-h` : undefined}
        onInput={(e) => onValue(e.currentTarget.value)} />
      {hint && <p class="label hint" id={`${id}-h`}>{hint}</p>}
    </div>
  );
}
