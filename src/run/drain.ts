import type { Logger } from '../log.js';
import type { Collectors } from './collectors.js';
import type { Reloader } from './reloader.js';
import { settlesWithin } from './settles-within.js';

interface UnderWay {
  readonly collectors: Pick<Collectors, 'stop'>;
  readonly reloader: Pick<Reloader, 'settled'>;
  readonly log: Logger;
  readonly milliseconds: number;
}

/** Waits for the scrapes and the reload that are under way, and cuts off what has not ended in time; resolves to whether all has. */
export async function drain({ collectors, reloader, log, milliseconds }: UnderWay): Promise<boolean> {
  const reload = settlesWithin(reloader.settled(), milliseconds).then((isSettled) => {
    if (!isSettled) log.error('a reload has not ended, and is left behind');
    return isSettled;
  });
  const ends = await Promise.all([collectors.stop(milliseconds), reload]);
  return ends.every(Boolean);
}
