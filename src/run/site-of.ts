import type { ServerConfig } from '../config/server-config.js';
import type { ExporterSpec } from '../model/spec.js';
import { externalPathOf, routePrefixOf } from '../model/web-url.js';
import type { Site } from '../web/site.js';

interface Parts {
  readonly spec: ExporterSpec;
  readonly version: string;
  readonly server: ServerConfig;
}

/** Tells what the pages and headers say of an exporter. */
export function siteOf({ spec: { name, description }, version, server }: Parts): Site {
  const { metricsPath, webExternalUrl: externalUrl, webRoutePrefix: routePrefix } = server;
  return {
    name,
    version,
    description,
    metricsPath,
    routePrefix: routePrefixOf({ routePrefix, externalUrl }),
    externalPath: externalUrl === undefined ? undefined : externalPathOf(externalUrl),
  };
}
