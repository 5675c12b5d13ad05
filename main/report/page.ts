import { createHash } from 'node:crypto';
import { render } from 'svelte/server';
import { HASH_MARK, SIGNATURE_MARK, STATEMENT_MARK, type Paper } from '../contract/report.ts';
import PaperPage from '../paper/PaperPage.svelte';
import { seal } from './seal.ts';
import { STYLE } from './style.ts';

/** How a page names its language: the script, because it decides the forms of Chinese glyphs. */
const LANG = { en: 'en', 'zh-CN': 'zh-Hans' } as const;

/**
 * A document as one self-contained page. It runs nothing and loads nothing: its policy allows
 * only its own style sheet. Everything in the document is escaped by the template.
 */
export function pageOf(paper: Paper, journalHead: string | null): string {
  return seal(unsealed(paper, journalHead, ''));
}

/** The same with marks in place of what is not known before it is signed (report/seal.ts). */
export function pageToSign(paper: Paper, journalHead: string): string {
  return unsealed(
    paper,
    journalHead,
    `<meta name="concord-statement" content="${STATEMENT_MARK}">
<meta name="concord-signature" content="${SIGNATURE_MARK}">
`,
  );
}

function unsealed(paper: Paper, journalHead: string | null, signed: string): string {
  const { body } = render(PaperPage, { props: { paper } });
  const styleHash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${LANG[paper.language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="concord-content-sha256" content="${HASH_MARK}">
<meta name="concord-journal-head" content="${escaped(journalHead ?? '')}">
${signed}<title>${escaped(paper.title)}</title>
<style>${STYLE}</style>
</head>
<body>
${withoutMarkers(body)}
</body>
</html>
`;
}

/** The template's comments serve a running page only. No text can hold one: < is escaped. */
function withoutMarkers(body: string): string {
  return body.replace(/<!--[\s\S]*?-->/g, '');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
