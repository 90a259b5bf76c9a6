const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Not for display: they would turn around or hide what stands beside them. */
const UNSEEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text that is text wherever it is put into HTML, between tags or in a quoted attribute; line ends stay. */
export function escapeHtml(text: string): string {
  return text
    .replace(UNSEEN, (found) => (found === '\n' ? found : '\uFFFD'))
    .replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '');
}
