/** A part of a language's texts; build/words.ts makes it. */
declare module "*.json?kept" {
  const texts: Record<string, string>;
  export default texts;
}

declare module "*.json?rest" {
  const texts: Record<string, string>;
  export default texts;
}
