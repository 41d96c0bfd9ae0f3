import type Koa from 'koa';

/** Where a reload is asked for, as Prometheus has it. */
export const reloadPath = '/-/reload';

/** Answers who asks for a reload. `reload` rejects where it failed, of which only the log tells; undefined where the operator has not allowed it. */
export function answerReload(reload: (() => Promise<void>) | undefined): Koa.Middleware {
  return async (ctx) => {
    const { status, text } =
      reload === undefined
        ? answers.forbidden
        : await reload().then(
            () => answers.done,
            () => answers.failed,
          );
    ctx.status = status;
    ctx.body = `${text}\n`;
  };
}

const answers = {
  done: { status: 200, text: 'Reloaded.' },
  failed: { status: 500, text: 'The reload failed, and everything is as it was. The log of the exporter tells why.' },
  forbidden: { status: 403, text: 'Lifecycle API is not enabled.' },
} as const;
