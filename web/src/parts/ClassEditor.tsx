import { useEffect, useRef } from "preact/hooks";
import { COLOURED, KEYS, add, change, freeKeys, giveKey, move, remove, translate } from "../core/classes";
import { newId } from "../core/id";
import { live, type Class } from "../core/project";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";
import "../style/classes.css";

/** What the list of classes needs to be edited. */
export interface ClassEditorProps {
  classes: readonly Class[];
  onChange: (classes: Class[]) => void;
  /** Ids of classes the server has already: they are marked deleted, never forgotten. */
  stored?: ReadonlySet<string>;
  /** The class and sentence of what stands in the way of saving. */
  fault?: { class?: string; text: string } | null;
}

/** A list of classes to write: key, name, Hindi name, the rule in words; order by two buttons, no dragging. */
export function ClassEditor({ classes, onChange, stored, fault }: ClassEditorProps) {
  const list = useRef<HTMLUListElement>(null);
  const shown = live(classes);
  useEffect(() => {
    if (fault?.class) list.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [fault]);
  const more = () => {
    onChange(add(classes, newId()));
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  };
  const free = freeKeys(classes).filter((k) => KEYS.indexOf(k) < COLOURED);
  return (
    <div class="classes">
      <ul class="class-rows" ref={list}>
        {shown.map((c, i) => (
          <Row key={c.id} of={c} place={i} last={i === shown.length - 1} classes={classes} onChange={onChange}
            stored={stored?.has(c.id) ?? false} fault={fault?.class === c.id ? fault.text : ""} onEnter={more} />
        ))}
      </ul>
      {fault && !fault.class && <p class="bad" role="alert">{fault.text}</p>}
      <div class="part-head class-add">
        <button type="button" class="button" onClick={more}><Icon name="plus" size={20} />{t("classes.add")}</button>
        <p class="label">{t("classes.always")}</p>
      </div>
      {free.length > 0 && (
        <div class="part-head class-free">
          <p class="label">{t("classes.free")}</p>
          <span class="tiles">{free.map((k) => <ClassTile key={k} class={{ id: k, name: k, key: k }} place={KEYS.indexOf(k)} size="choice" />)}</span>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  of: Class;
  place: number;
  last: boolean;
  classes: readonly Class[];
  onChange: (classes: Class[]) => void;
  stored: boolean;
  fault: string;
  onEnter: () => void;
}

function Row({ of, place, last, classes, onChange, stored, fault, onEnter }: RowProps) {
  const called = of.name || t("classes.nth", { n: place + 1 });
  const enter = (e: KeyboardEvent) => {
    if (e.key !== "Enter" || !last) return;
    e.preventDefault();
    onEnter();
  };
  return (
    <li class="class-row">
      <div class="class-order">
        <button type="button" class="bare" disabled={place === 0} aria-label={t("classes.up", { name: called })} onClick={() => onChange(move(classes, of.id, -1))}><Icon name="up" size={18} /></button>
        <button type="button" class="bare" disabled={last} aria-label={t("classes.down", { name: called })} onClick={() => onChange(move(classes, of.id, 1))}><Icon name="down" size={18} /></button>
      </div>
      <KeyChoice of={of} place={place} called={called} classes={classes} onChange={onChange} />
      <div class="class-fields">
        <input class="field" value={of.name} maxLength={100} aria-label={t("classes.name", { n: place + 1 })} placeholder={t("classes.namePlace")} aria-invalid={fault !== ""} aria-describedby={fault ? `f-${of.id}` : undefined}
          onInput={(e) => onChange(change(classes, of.id, { name: e.currentTarget.value }))} onKeyDown={enter} />
        <input class="field" lang="hi" value={of.names?.hi ?? ""} maxLength={100} aria-label={t("classes.hindi", { name: called })} placeholder={t("classes.hindiPlace")}
          onInput={(e) => onChange(translate(classes, of.id, "names", "hi", e.currentTarget.value))} onKeyDown={enter} />
        <input class="field" value={of.words ?? ""} maxLength={200} aria-label={t("classes.rule", { name: called })} placeholder={t("classes.rulePlace")}
          onInput={(e) => onChange(change(classes, of.id, { words: e.currentTarget.value }))} onKeyDown={enter} />
        <input class="field" lang="hi" value={of.rules?.hi ?? ""} maxLength={200} aria-label={t("classes.ruleHindi", { name: called })} placeholder={t("classes.ruleHindiPlace")}
          onInput={(e) => onChange(translate(classes, of.id, "rules", "hi", e.currentTarget.value))} onKeyDown={enter} />
        {fault && <p class="bad" id={`f-${of.id}`} role="alert">{fault}</p>}
      </div>
      <button type="button" class="bare" aria-label={t("classes.remove", { name: called })} onClick={() => onChange(remove(classes, of.id, stored))}><Icon name="close" size={20} /></button>
    </li>
  );
}

function KeyChoice({ of, place, called, classes, onChange }: Pick<RowProps, "of" | "place" | "classes" | "onChange"> & { called: string }) {
  return (
    <label class="key-choice">
      <ClassTile class={of} place={place} size="choice" />
      <select aria-label={t("classes.key", { name: called })} value={of.key ?? ""} onChange={(e) => onChange(giveKey(classes, of.id, e.currentTarget.value))}>
        <option value="">{t("classes.noKey")}</option>
        {[...KEYS].map((k) => <option key={k} value={k}>{k}</option>)}
      </select>
    </label>
  );
}
