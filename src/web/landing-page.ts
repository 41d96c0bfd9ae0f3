import type { Site } from './site.js';

/** Renders the page at `/`; the link leads to the metrics, as seen from where the page is. */
export function renderLandingPage({ name, version, description }: Site, link: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)}</title>
<style>${landingPageStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(description)}</p>
<p><a href="${escapeHtml(link)}">Metrics</a></p>
<p><small>Version ${escapeHtml(version)}</small></p>
</main>
</body>
</html>
`;
}

/** The one style sheet of the page. */
export const landingPageStyle = [
  ':root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }',
  'body { margin: 0 }',
  'main { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere }',
  'h1 { font-size: 1.75rem; line-height: 1.2 }',
].join('\n');

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
