import { useEffect, useRef, useState } from "preact/hooks";
import { initials } from "../core/naming";
import { LANGUAGES, type Language, language, t } from "../core/words";
import { chooseLanguage, may, me, signOut } from "../sync/me";
import { mine } from "../sync/mine";
import { Icon } from "./Icon";

/** What is about oneself: the language, the way out. */
export function Menu() {
  const box = useRef<HTMLDetailsElement>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const close = (e: Event) => {
      const away = e instanceof KeyboardEvent ? e.key === "Escape" : !box.current?.contains(e.target as Node);
      if (away && box.current) box.current.open = false;
    };
    addEventListener("pointerdown", close);
    addEventListener("keydown", close);
    return () => {
      removeEventListener("pointerdown", close);
      removeEventListener("keydown", close);
    };
  }, []);
  const user = me.value?.user;
  if (!user) return null;
  const waiting = mine.value?.waiting.value ?? 0;
  const leave = () => signOut().catch((e: Error) => setProblem(e.message));
  return (
    <details class="menu" ref={box}>
      <summary aria-label={t("page.account", { name: user.name })}><span class="menu-face" aria-hidden="true">{initials(user.name)}</span></summary>
      <div class="menu-sheet">
        <p class="menu-who"><b>{user.name}</b><span>{t(`people.role.${user.role}`)}</span></p>
        {(Object.keys(LANGUAGES) as Language[]).map((l) => (
          <button key={l} type="button" class="menu-row" lang={l} aria-pressed={language.value === l} onClick={() => void chooseLanguage(l).catch(() => undefined)}>
            {LANGUAGES[l]}{language.value === l && <Icon name="check" size={20} />}
          </button>
        ))}
        <a class="menu-row" href="/">{t("home.title")}</a>
        {may("manage-people") && <a class="menu-row" href="/people">{t("people.title")}</a>}
        <button type="button" class="menu-row" onClick={leave}>{t("page.signOut")}</button>
        {waiting > 0 && <p class="menu-waits">{t("page.waits", { n: waiting })}</p>}
        {problem && <p class="bad" role="alert">{problem}</p>}
      </div>
    </details>
  );
}
