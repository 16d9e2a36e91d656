import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../core/words";
import { Icon } from "../Icon";
import "../../style/sheet.css";

/** A sheet beside the work: it takes the focus, Esc or its cross closes it, and the focus goes back. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    return () => before?.focus();
  }, []);
  return (
    <dialog class="sheet" ref={box} aria-labelledby="sheet-h" onClose={onClose} onClick={(e) => e.target === box.current && onClose()}>
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id="sheet-h">{title}</h2>
          <button type="button" class="bare" aria-label={t("work.close")} onClick={onClose}><Icon name="close" size={22} /></button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
