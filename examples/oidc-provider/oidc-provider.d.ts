/** What this example uses of it. A project of your own has `@types/oidc-provider`. */
declare module "oidc-provider" {
  import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

  export interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string; readonly reasons: readonly string[] };
  }

  export interface InteractionResults {
    readonly login: { readonly accountId: string; readonly amr: readonly string[]; readonly acr?: string };
  }

  export interface KoaContextWithOIDC {
    readonly oidc: {
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId: string; grantIdFor(clientId: string): string | undefined };
      /** How the account of the session was authenticated; `undefined` where nobody is. */
      readonly amr: readonly string[] | undefined;
      readonly provider: Provider;
    };
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    readonly Grant: {
      new (of: { readonly accountId: string; readonly clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    callback(): RequestListener;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    interactionFinished(
      req: IncomingMessage,
      res: ServerResponse,
      result: InteractionResults,
      options: { readonly mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }

  export interface Configuration {
    readonly clients?: readonly object[];
    readonly cookies?: { readonly keys: readonly string[] };
    readonly jwks?: object;
    readonly acrValues?: readonly string[];
    readonly claims?: Readonly<Record<string, readonly string[]>>;
    readonly features?: { readonly devInteractions: { readonly enabled: boolean } };
    readonly interactions?: { readonly policy: object; readonly url: (ctx: KoaContextWithOIDC, interaction: Interaction) => string };
    readonly findAccount?: (ctx: KoaContextWithOIDC, id: string) => object;
    readonly loadExistingGrant?: (ctx: KoaContextWithOIDC) => Promise<Grant | undefined>;
  }

  export namespace interactionPolicy {
    class Check {
      static readonly REQUEST_PROMPT: true;
      static readonly NO_NEED_TO_PROMPT: false;
      constructor(reason: string, description: string, error: string, check: (ctx: KoaContextWithOIDC) => boolean);
    }
    interface Prompt {
      readonly checks: { add(check: Check): void };
    }
    interface DefaultPolicy {
      get(name: string): Prompt | undefined;
    }
    function base(): DefaultPolicy;
  }
}
