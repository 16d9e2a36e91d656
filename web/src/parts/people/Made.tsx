import { useRef, useState } from "preact/hooks";
import { date, t } from "../../core/words";
import { Icon } from "../Icon";

/** A link that is shown once, to copy and pass on. */
export function MadeLink({ title, url, expires }: { title: string; url: string; expires: number }) {
  return (
    <div class="made" role="status">
      <p><b>{title}</b></p>
      <p class="label">{t("people.once", { day: date(expires) })}</p>
      <Copied text={url} label={t("people.link")} />
    </div>
  );
}

/** A PIN that is shown once. */
export function MadePIN({ name, pin }: { name: string; pin: string }) {
  return (
    <div class="made" role="status">
      <p><b>{t("people.pinMade", { name })}</b></p>
      <p class="made-pin">{pin}</p>
      <p class="label">{t("people.pinOnce")}</p>
    </div>
  );
}

function Copied({ text, label }: { text: string; label: string }) {
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
