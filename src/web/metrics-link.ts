/** Writes a metrics path as it comes in a URL, without slashes at its end: `/métriques/` → `/m%C3%A9triques`. */
export function encodePath(metricsPath: string): string {
  // No more than must be, since what is escaped already stays so.
  const encoded = metricsPath.replaceAll(/[^\x21-\x7e]/gu, encodeURIComponent);
  return encoded.replace(/\/+$/, '') || '/';
}

/**
 * The link from the landing page to the metrics: relative, so that it leads to the right place behind a proxy and below a
 * mount path, whether or not the page's own address ends with a slash.
 */
export function metricsLink(pageUrl: string, metricsPath: string): string {
  const lastSegment = pageUrl.replace(/[?#].*$/, '').replace(/^.*\//, '');
  const link = `${lastSegment}${encodePath(metricsPath)}`.replace(lastSegment === '' ? /^\// : '', '');
  // Else it would be read as an address with a scheme, or without one.
  return /^\/|^[^/]*:/.test(link) ? `./${link}` : link;
}

/** The link where the path is known under which the exporter is seen from outside. */
export function externalMetricsLink(externalPath: string, metricsPath: string): string {
  const link = `${externalPath}${encodePath(metricsPath)}`;
  // Two slashes would begin a host.
  return link.startsWith('//') ? `/.${link}` : link;
}
