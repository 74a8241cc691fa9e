/** Errors that nobody caught. */
export interface StrayWatch {
  readonly strays: readonly string[];
  stop(): void;
}

/** Listens for rejections that nobody handles and exceptions that nobody catches: either would end a server. */
export function watchStrays(): StrayWatch {
  const strays: string[] = [];
  const note = (error: unknown): void => {
    strays.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  };
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  return {
    strays,
    stop() {
      process.off("unhandledRejection", note);
      process.off("uncaughtException", note);
    },
  };
}
