/** How people sign in through Clerk; undefined where the local issuer stands in for it. */
export type ClerkSettings = {
  readonly publishableKey: string;
  readonly jwtKey: string;
  /** A path of ours, such as `/__clerk`, through which browsers reach Clerk; directly without one. */
  readonly proxyUrl: string | undefined;
  /** The origins tokens may have been made for. */
  readonly authorizedParties: string[] | undefined;
};

/** Read when the server starts: the same variables as the gateway's, so that both trust the same tokens. */
export const clerkSettings = (env: NodeJS.ProcessEnv = process.env): ClerkSettings | undefined => {
  const { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_JWT_KEY: jwtKey } = env;
  if (!publishableKey || !env.CLERK_SECRET_KEY || !jwtKey) return undefined;
  return {
    publishableKey,
    jwtKey: jwtKey.replaceAll('\\n', '\n'),
    proxyUrl: env.CLERK_PROXY_URL || undefined,
    authorizedParties: env.CARGORO_WEB_ORIGIN ? [env.CARGORO_WEB_ORIGIN] : undefined,
  };
};
