type Env = Readonly<Record<string, string | undefined>>;

/** What Kubernetes writes into `<SERVICE>_PORT`. */
const address = /^(?:tcp|udp|sctp):\/\/\S+$/i;

/** What stands behind a service's name in the other variables that Kubernetes adds for it. */
const suffixes = '_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$';

const suffix = new RegExp(`^${suffixes}`);
const linkName = new RegExp(`\\w${suffixes}`);

/** Finds the variables that Kubernetes added for the services of its namespace: they are no settings. */
export function findServiceLinks(env: Env): ReadonlySet<string> {
  const services = Object.keys(env)
    .filter((name) => name.endsWith('_PORT') && address.test(env[name] ?? ''))
    .map((name) => name.slice(0, -'_PORT'.length));
  const belongs = (name: string): boolean =>
    services.some((service) => name === `${service}_PORT` || (name.startsWith(service) && suffix.test(name.slice(service.length))));
  return new Set(Object.keys(env).filter(belongs));
}

/** Whether a variable has a name that only Kubernetes would give; `WEATHER_PORT` could be a setting. */
export function isServiceLinkName(name: string): boolean {
  return linkName.test(name);
}
