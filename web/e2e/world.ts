import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

export const gateway = process.env.CARGORO_GATEWAY_URL ?? 'http://localhost:4000';

/** Signs in through the page's own door and waits for the room. */
export const signedIn = async (
  browser: Browser,
  user: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator(`[data-user="${user}"]`).click();
  await page.waitForURL(/\/(workshop|garage)/);
  await page.close();
  return context;
};

export const tokenOf = async (
  request: APIRequestContext,
  user: string,
  lifeSeconds = 60,
): Promise<{ token: string; userId: string }> => {
  const answer = await request.post(`${gateway}/dev/token`, { data: { user, lifeSeconds } });
  const body = (await answer.json()) as { token: string; user: { userId: string } };
  return { token: body.token, userId: body.user.userId };
};

/** Sends one document of the public API as a demo person. */
export const ask = async <T>(
  request: APIRequestContext,
  user: string,
  query: string,
  variables: object = {},
): Promise<T> => {
  const { token } = await tokenOf(request, user);
  const answer = await request.post(`${gateway}/graphql`, {
    headers: { authorization: `Bearer ${token}` },
    data: { query, variables },
  });
  const body = (await answer.json()) as { data: T; errors?: unknown };
  expect(body.errors, JSON.stringify(body.errors)).toBeUndefined();
  return body.data;
};

/** A car nobody has seen before, so that the story can be told again and again on the same world. */
export const registerCar = async (request: APIRequestContext, user: string): Promise<{ plate: string }> => {
  const { userId } = await tokenOf(request, user);
  const digits = (count: number): string => String(Math.floor(Math.random() * 10 ** count)).padStart(count, '0');
  const plate = `${300 + Math.floor(Math.random() * 99)}나${digits(4)}`;
  const input = {
    vehicleId: randomUUID(),
    plate,
    plateColour: 'white',
    vin: `KMHTC61C4PU${digits(6)}`,
    make: '현대',
    model: '코나',
    modelYear: 2022,
    fuel: 'gasoline',
    usage: 'private',
    bodyKind: 'car',
    firstRegisteredOn: '2022-05-10',
    owner: { kind: 'user', id: userId },
    odometerKm: 41_000,
  };
  await mutate(request, user, 'registerVehicle', input);
  return { plate };
};

/** Sends a command and sees it accepted. */
export const mutate = async (
  request: APIRequestContext,
  user: string,
  command: string,
  input: object,
): Promise<void> => {
  const type = `${command.charAt(0).toUpperCase()}${command.slice(1)}`;
  const { result } = await ask<{ result: { __typename: string; code?: string } }>(
    request,
    user,
    `mutation ($commandId: ID!, $input: ${type}Input!) { result: ${command}(commandId: $commandId, input: $input) { __typename ... on Rejected { code } } }`,
    { commandId: randomUUID(), input },
  );
  expect(result).toEqual({ __typename: 'Accepted' });
};

/** Opens a workshop at all hours of all days, so that a story can be told at any time of any day. */
export const openAlways = async (request: APIRequestContext, user: string, name: string): Promise<void> => {
  const { workshops } = await ask<{ workshops: { edges: { node: { id: string; name: string } }[] } }>(
    request,
    user,
    '{ workshops { edges { node { id name } } } }',
  );
  const workshopId = workshops.edges.find(({ node }) => node.name === name)?.node.id;
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '00:00', closes: '23:59' }));
  const effectiveFrom = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  await mutate(request, user, 'setHours', { workshopId, weekly, holidays: [], effectiveFrom });
};

export const shot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' });
};
