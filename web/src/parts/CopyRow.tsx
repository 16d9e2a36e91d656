import { useRef, useState } from "preact/hooks";
import { t } from "../core/words";
import { Icon } from "./Icon";

/** A line of text to be copied. */
export function CopyRow({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(document.execCommand("copy"));
    }
  };
  return (
    <div class="made-row">
      <input ref={field} class="field" readOnly value={text} aria-label={label} onFocus={(e) => e.currentTarget.select()} />
      <button type="button" class="button" onClick={() => void copy()}>
        <Icon name={copied ? "check" : "copy"} size={20} />{t(copied ? "people.copied" : "people.copy")}
      </button>
    </div>
  );
}
