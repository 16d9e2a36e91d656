// Tests speak of every page.
import { allWords } from "../src/core/words";

await allWords();
