import { createHash } from 'node:crypto';
import { InvoiceView } from '@cargoro/projections';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevUser } from '../auth/local-issuer.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { furnish, tenant } from '../testing/tenants.ts';

let stack: Stack;
const [a, b] = [tenant(1), tenant(2)];
beforeAll(async () => {
  stack = await startStack();
  await furnish(stack, a);
  expect(await stack.readApi.waitFor(InvoiceView, BigInt(stack.position()), 20_000)).toBe(true);
});
afterAll(() => stack?.stop());

const get = (url: string, user?: DevUser) =>
  stack.gateway.app.inject({ url, headers: user ? { authorization: `Bearer ${stack.tokenOf(user)}` } : {} });

describe('documents through the gateway', () => {
  it('open in the browser for who may read the record, with their hash', async () => {
    const answer = await get(`/documents/invoice/${a.ids.invoice}.pdf?lang=en`, a.owner);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^inline;/),
      'x-cargoro-sha256': createHash('sha256').update(answer.rawPayload).digest('hex'),
    });
  });

  it('are not found by another tenant, not told to nobody, and say what was asked wrongly', async () => {
    const url = `/documents/invoice/${a.ids.invoice}.pdf`;
    expect((await get(url, b.owner)).statusCode).toBe(404);
    expect((await get(url)).statusCode).toBe(401);
    expect((await get(`/documents/statement/${a.ids.order}.pdf`, a.owner)).statusCode).toBe(404);
    expect((await get(`/documents/receipt/${a.ids.invoice}.pdf`, a.owner)).json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'kind' }] } }],
    });
    expect((await get(`${url}?revision=-1`, a.owner)).statusCode).toBe(400);
  });
});
