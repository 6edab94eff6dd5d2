import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * What Helmet sets, asked for once: no header depends on the request, and Helmet would work all of them out for each.
 * There are no pages here; whatever a browser takes for one may load nothing, send nothing and stand in no frame.
 */
export const securityHeaders = (): Readonly<Record<string, string>> => {
  const nothing = ["'none'"];
  const directives = { defaultSrc: nothing, baseUri: nothing, formAction: nothing, frameAncestors: nothing };
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  helmet({ contentSecurityPolicy: { useDefaults: false, directives } })(
    {} as IncomingMessage,
    response as unknown as ServerResponse,
    () => undefined,
  );
  return headers;
};
