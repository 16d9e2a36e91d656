import { useEffect, useRef, useState } from "preact/hooks";
import { initials } from "../core/naming";
import { THEMES, choose, theme } from "../core/theme";
import { LANGUAGES, type Language, language, t } from "../core/words";
import { chooseLanguage, leaveDevice, may, me, signOut } from "../sync/me";
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
  const leave = () => (me.value?.shared ? leaveDevice() : signOut()).catch((e: Error) => setProblem(e.message));
  return (
    <details class="menu" ref={box}>
      <summary aria-label={t("page.account", { initials: initials(user.name), name: user.name })}><span class="menu-face" aria-hidden="true">{initials(user.name)}</span></summary>
      <div class="menu-sheet">
        <p class="menu-who"><b>{user.name}</b><span>{t(`people.role.${user.role}`)}</span></p>
        {(Object.keys(LANGUAGES) as Language[]).map((l) => (
          <button key={l} type="button" class="menu-row" lang={l} aria-pressed={language.value === l} onClick={() => void chooseLanguage(l).catch(() => undefined)}>
            {LANGUAGES[l]}{language.value === l && <Icon name="check" size={20} />}
          </button>
        ))}
        <Themes person={user.id} />
        <a class="menu-row" href="/">{t("home.title")}</a>
        {may("see-own-work") && <a class="menu-row" href="/me/work">{t("mine.title")}</a>}
        {may("own-account") && <a class="menu-row" href="/me">{t("account.title")}</a>}
        {may("manage-people") && <a class="menu-row" href="/people">{t("people.title")}</a>}
        {may("connect") && <a class="menu-row" href="/programs">{t("programs.title")}</a>}
        {may("operate-process") && <a class="menu-row" href="/server">{t("server.title")}</a>}
        {may("bring-answers") && <a class="menu-row" href="/answers">{t("answers.title")}</a>}
        <button type="button" class="menu-row" onClick={leave}>{t(me.value?.shared ? "page.leaving" : "page.signOut")}</button>
        {waiting > 0 && <p class="menu-waits">{t("page.waits", { n: waiting })}</p>}
        {problem && <p class="bad" role="alert">{problem}</p>}
      </div>
    </details>
  );
}

/** Light, dark or as the device has it. */
function Themes({ person }: { person: string }) {
  return (
    <div class="menu-themes" role="group" aria-label={t("page.theme")}>
      {THEMES.map((one) => <button key={one} type="button" aria-pressed={theme.value === one} onClick={() => choose(one, person)}>{t(`page.theme.${one}`)}</button>)}
    </div>
  );
}
