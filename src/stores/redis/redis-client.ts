/** ioredis or iovalkey, single or cluster. */
export interface IoredisClient {
  evalsha(sha: string, numkeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, numkeys: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** node-redis, single or cluster. */
export interface NodeRedisClient {
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Sends one command and gives its reply, with texts as strings: for any other client, such as `customCommand` of valkey-glide. */
export type RedisCommand = (command: string[]) => Promise<unknown>;

/** A connected client. None is imported here: whatever has these methods will do. */
export type RedisClient = IoredisClient | NodeRedisClient | RedisCommand;

/** The two ways to run a script, whatever the client. */
export interface ScriptSender {
  evalSha(sha: string, keys: string[], args: string[]): Promise<unknown>;
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/** @throws TypeError for something that is no client of a known kind. */
export function scriptSender(client: RedisClient): ScriptSender {
  if (typeof client === "function") {
    return {
      evalSha: (sha, keys, args) => client(["EVALSHA", sha, String(keys.length), ...keys, ...args]),
      eval: (script, keys, args) => client(["EVAL", script, String(keys.length), ...keys, ...args]),
    };
  }
  if (typeof client === "object" && client !== null) {
    if ("evalsha" in client && typeof client.evalsha === "function") {
      return {
        evalSha: (sha, keys, args) => client.evalsha(sha, keys.length, ...keys, ...args),
        eval: (script, keys, args) => client.eval(script, keys.length, ...keys, ...args),
      };
    }
    if ("evalSha" in client && typeof client.evalSha === "function") {
      return {
        evalSha: (sha, keys, args) => client.evalSha(sha, { keys, arguments: args }),
        eval: (script, keys, args) => client.eval(script, { keys, arguments: args }),
      };
    }
  }
  throw new TypeError("expected `client` to be an ioredis or node-redis client, or a function that sends one command");
}

/** Whether a client says of itself that it speaks to a cluster: ioredis by `isCluster`, node-redis by the nodes it lists. */
export function isCluster(client: RedisClient): boolean {
  if (typeof client !== "object" || client === null) return false;
  return "isCluster" in client ? client.isCluster === true : "masters" in client && "slots" in client;
}
