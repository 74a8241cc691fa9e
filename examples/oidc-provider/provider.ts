import { type Configuration, interactionPolicy, type KoaContextWithOIDC, Provider } from "oidc-provider";

/** The reason for which a login is asked for again: the session was made with one factor, and this client wants two. */
export const secondFactor = "second_factor";

/** What the session was made with, as clients read it in the ID token. */
export const twoFactors = "urn:example:two-factors";

/** A provider that asks for a login by two factors where a client is one of `guarded`. */
export function createProvider(issuer: string, guarded: readonly string[], configuration: Configuration): Provider {
  const { Check, base } = interactionPolicy;
  const policy = base();
  policy.get("login")?.checks.add(
    new Check(secondFactor, "a second factor is required", "login_required", ({ oidc }) => {
      const isProven = oidc.amr?.includes("mfa") === true;
      return guarded.includes(oidc.client.clientId) && !isProven ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
  return new Provider(issuer, {
    acrValues: [twoFactors],
    // else no client is told: the ID token has neither by itself
    claims: { openid: ["sub", "acr", "amr"] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant,
    ...configuration,
  });
}

/** The clients here are one's own: nobody is asked for consent. */
async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { provider, session, client } = oidc;
  const id = session.grantIdFor(client.clientId);
  const known = id === undefined ? undefined : await provider.Grant.find(id);
  if (known !== undefined) return known;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}
