/** Languages by their names in the language of the reader; `any` where none is stated. */
export function languageNames(tags: readonly string[], any: string, tag: string): string {
  if (tags.length === 0) return any;
  const names = new Intl.DisplayNames(tag, { type: 'language' });
  return new Intl.ListFormat(tag).format(tags.map((one) => names.of(one) ?? one));
}
