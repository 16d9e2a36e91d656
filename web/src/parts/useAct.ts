import { useState } from "preact/hooks";
import { t } from "../core/words";

/** Runs one act at a time; what was refused is said and stays until the next try. */
export function useAct() {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem("");
    try {
      await act();
      return true;
    } catch (e) {
      setProblem(e instanceof Error && e.message ? e.message : t("page.lineDown"));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, run };
}
