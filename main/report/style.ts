import CHARTS from '../paper/charts.css?raw';

/** The one style sheet of saved documents: screen and A4 print. No font is loaded. */
export const STYLE = `${CHARTS}
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1b1f23; font: 10.5pt/1.55 'Noto Sans', 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif; overflow-wrap: break-word; }
:lang(zh) { font-family: 'Noto Sans SC Variable', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei', sans-serif; line-height: 1.7; line-break: strict; text-autospace: normal; }
.paper { max-width: 190mm; margin: 0 auto; padding: 10mm 8mm; }
h1 { font-size: 20pt; line-height: 1.25; margin: 0 0 4pt; }
h2 { font-size: 14pt; line-height: 1.3; margin: 22pt 0 6pt; padding-top: 6pt; border-top: 1.5pt solid #1d4f7c; break-after: avoid; }
:lang(zh) p, .paper-attention { max-width: none; }
p:has(+ ul) { break-after: avoid; }
li { break-inside: avoid; }
h3 { font-size: 11.5pt; margin: 14pt 0 4pt; break-after: avoid; }
p { margin: 0 0 6pt; max-width: 72ch; orphans: 3; widows: 3; }
nav h2 { font-size: 11.5pt; border: 0; margin-top: 10pt; }
nav ol { margin: 0; padding-left: 1.6em; columns: 2; }
a { color: #1d4f7c; }
ul { margin: 0 0 6pt; padding-left: 1.4em; }
code { overflow-wrap: anywhere; font-family: 'Noto Sans Mono', Consolas, Menlo, monospace; font-size: 8.5pt; }
.paper-subtitle { color: #4a5158; }
.paper-attention { border: 1pt solid #1b1f23; border-left-width: 5pt; padding: 6pt 8pt; font-weight: 600; break-inside: avoid; }
.paper-facts { margin: 0 0 8pt; }
.paper-facts div { display: grid; grid-template-columns: minmax(40mm, 1fr) 2.6fr; gap: 6pt; padding: 3pt 0; border-bottom: .5pt solid #d5d9dd; break-inside: avoid; }
.paper-facts dt { font-weight: 600; }
.paper-facts dd { margin: 0; }
.paper-facts ul { margin: 0; padding-left: 1.2em; }
.paper-table { width: 100%; border-collapse: collapse; margin: 6pt 0 10pt; font-size: 9pt; line-height: 1.4; }
.paper-table caption { text-align: left; font-weight: 700; padding-bottom: 3pt; break-after: avoid; }
.paper-table th, .paper-table td { text-align: left; vertical-align: top; padding: 3pt 6pt 3pt 0; border-bottom: .5pt solid #d5d9dd; }
.paper-table thead { display: table-header-group; }
.paper-table thead th { vertical-align: bottom; border-bottom: 1pt solid #1b1f23; }
.paper-table tbody th { font-weight: 400; min-width: 24mm; overflow-wrap: anywhere; }
.paper-table thead td { border-bottom: 1pt solid #1b1f23; }
.paper-table tr { break-inside: avoid; }
.paper-table tbody tr:first-child { break-before: avoid; }
.paper-figures td, .paper-figures thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
.paper-figures { font-size: 8.5pt; }
.chart-table { font-size: 9pt; line-height: 1.4; }
.paper-blanks { display: grid; grid-template-columns: 40mm 1fr; border: 1pt solid #1b1f23; padding: 4pt 10pt 12pt; break-inside: avoid; }
.paper-blanks dt { padding-top: 12pt; }
.paper-blanks dd { margin: 0; border-bottom: .5pt solid #1b1f23; }
@media print { .paper { max-width: none; padding: 0; } nav, .chart { break-inside: avoid; } a { color: inherit; text-decoration: none; } }
`;
