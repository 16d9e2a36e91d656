import { useId, useState } from "preact/hooks";
import { t } from "../../core/words";
import { Icon } from "../Icon";

/** A secret that is told this once, to be copied. */
export function Secret({ title, lead, text }: { title: string; lead: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const id = useId();
  const copy = async () => {
    const field = document.getElementById(id) as HTMLInputElement;
    field.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(document.execCommand("copy"));
    }
  };
  return (
    <div class="made" role="status">
      <p><b>{title}</b></p>
      <p class="label">{lead}</p>
      <div class="made-row">
        <input id={id} class="field" readOnly value={text} aria-label={title} onFocus={(e) => e.currentTarget.select()} />
        <button type="button" class="button" onClick={() => void copy()}><Icon name={copied ? "check" : "copy"} size={20} />{t(copied ? "people.copied" : "people.copy")}</button>
      </div>
    </div>
  );
}
