import { createHash } from 'node:crypto';

/** All of a report's style: it needs nothing from anywhere, and prints on A4. */
export const REPORT_STYLE = `
@page { size: A4; margin: 18mm 16mm; }
body { font: 11pt/1.4 system-ui, "Noto Sans", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Myanmar", "Noto Sans Khmer", sans-serif; color: #111; background: #fff; max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #999; break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0; }
caption { text-align: left; color: #444; padding-bottom: .2rem; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #ddd; }
th { font-weight: 600; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .3rem 0; }
dt { color: #444; }
dd { margin: 0; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
blockquote { margin: .3rem 0 .8rem; padding-left: .8rem; border-left: 3px solid #999; white-space: pre-wrap; }
.drill { border: 3px solid #111; padding: .5rem .8rem; font-weight: 700; letter-spacing: .05em; margin: 0 0 1rem; }
.note { color: #444; }
.bad { font-weight: 700; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
`;

/** Lets this style stand in a page and nothing else in or behind it: no script, no picture, no request. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
