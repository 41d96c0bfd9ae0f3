import type { RequestListener, ServerResponse } from 'node:http';

/** Why a request is refused before it is answered by an application, or a scrape before it runs. */
export const rejectionReasons = ['authentication', 'concurrent_scrapes', 'connections', 'password_checks', 'rate_limit'] as const;

export type RejectionReason = (typeof rejectionReasons)[number];

/** Hears of all requests of a server. */
export interface RequestObserver {
  readonly began: () => void;
  /** `code` is undefined where nobody has been answered. */
  readonly ended: (code: number | undefined) => void;
  /** Hears of what was no request, and with what code it was answered. */
  readonly refused: (code: number) => void;
  readonly rejected: (reason: RejectionReason) => void;
}

/** Lets an observer hear of each request that a listener gets. */
export function observeRequests(listener: RequestListener, { began, ended }: RequestObserver): RequestListener {
  return (req, res: ServerResponse) => {
    began();
    res.once('close', () => ended(res.headersSent ? res.statusCode : undefined));
    listener(req, res);
  };
}
