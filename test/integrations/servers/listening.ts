/** A server that listens. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}
