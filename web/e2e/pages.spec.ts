import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ask, shot, signedIn } from './world.ts';

type Screen = {
  readonly name: string;
  readonly user: string;
  readonly path: string;
  /** Opens what lies over the page. */
  readonly open?: (page: Page) => Promise<void>;
};

const openUserMenu = (page: Page): Promise<void> => page.getByRole('button', { name: / (메뉴|menu)$/ }).click();
const dialog = (page: Page): Promise<void> => expect(page.getByRole('dialog')).toBeVisible();

/** Every screen, on records of the world as it is. */
const screens = async (request: Parameters<typeof ask>[0]): Promise<readonly Screen[]> => {
  type Ids = { edges: { node: { id: string } }[] };
  const first = async (user: string, field: string, filter = ''): Promise<string> =>
    (await ask<Record<string, Ids>>(request, user, `{ ${field}(${filter}first: 1) { edges { node { id } } } }`))[field]
      ?.edges[0]?.node.id ?? 'none';
  const desk = 'gaon.advisor';
  const [order, reservation, invoice, approval, diagnosed] = await Promise.all([
    first(desk, 'repairOrders'),
    first(desk, 'reservations'),
    first(desk, 'invoices'),
    first('owner.kim', 'approvalInbox'),
    first(desk, 'repairOrders', 'filter: { status: ["diagnosed"] }, '),
  ]);
  return [
    { name: 'sign-in', user: '', path: '/sign-in' },
    { name: 'today', user: desk, path: '/workshop' },
    { name: 'user-menu', user: desk, path: '/workshop', open: openUserMenu },
    {
      name: 'notice-choice',
      user: desk,
      path: '/workshop',
      open: async (page) => {
        await openUserMenu(page);
        await page.getByRole('menuitem', { name: /^(알림 받는 방법|How to be notified)$/ }).click();
        await dialog(page);
        await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
      },
    },
    {
      name: 'palette',
      user: desk,
      path: '/workshop',
      open: async (page) => {
        await page.keyboard.press('Control+k');
        await dialog(page);
      },
    },
    { name: 'today-inspector', user: desk, path: `/workshop?order=${order}` },
    { name: 'reservations', user: desk, path: '/workshop/reservations' },
    { name: 'reservation', user: desk, path: `/workshop/reservations/${reservation}` },
    { name: 'orders', user: desk, path: '/workshop/orders' },
    { name: 'order', user: desk, path: `/workshop/orders/${order}` },
    { name: 'order-history', user: desk, path: `/workshop/orders/${order}?tab=history` },
    { name: 'estimate', user: desk, path: `/workshop/orders/${diagnosed}/estimate` },
    { name: 'bays', user: desk, path: '/workshop/bays' },
    { name: 'customers', user: desk, path: '/workshop/customers' },
    { name: 'invoices', user: desk, path: '/workshop/invoices' },
    { name: 'invoice', user: desk, path: `/workshop/invoices/${invoice}` },
    { name: 'settings', user: 'gaon.owner', path: '/workshop/settings' },
    { name: 'garage', user: 'owner.kim', path: '/garage' },
    { name: 'approvals', user: 'owner.kim', path: '/garage/approvals' },
    { name: 'approve', user: 'owner.kim', path: `/garage/approvals/${approval}` },
    { name: 'bookings', user: 'owner.kim', path: '/garage/reservations' },
    { name: 'payments', user: 'owner.kim', path: '/garage/invoices' },
  ];
};

for (const theme of ['light', 'dark'] as const)
  for (const locale of ['ko', 'en'] as const)
    test(`every screen is accessible and drawn, ${theme}, ${locale}`, async ({ browser, request, baseURL }) => {
      const list = await screens(request);
      const contexts = new Map<string, BrowserContext>();
      for (const { name, user, path, open } of list) {
        await test.step(name, async () => {
          const context =
            contexts.get(user) ??
            (user
              ? await signedIn(browser, user, { reducedMotion: 'reduce' })
              : await browser.newContext({ reducedMotion: 'reduce' }));
          contexts.set(user, context);
          await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
          const page = await context.newPage();
          await page.goto((locale === 'ko' ? '' : '/en') + path);
          await expect(page.locator('h1').first()).toBeAttached();
          await expect(page.locator('main [role="status"][aria-label]')).toHaveCount(0);
          await open?.(page);
          // What lies over a page takes the focus and hides the page from readers until it closes, so it is judged alone.
          const judged = new AxeBuilder({ page });
          const { violations } = await (open ? judged.include('[role="menu"], [role="dialog"]') : judged).analyze();
          expect
            .soft(
              violations.map(
                ({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
              ),
            )
            .toEqual([]);
          // biome-ignore lint/performance/useDomNodeTextContent: what a person reads, not what scripts hold
          const words = await page.locator('body').innerText();
          // Messages that are missing show their key.
          expect.soft(words, name).not.toMatch(/\b(nav|board|order|fields|enums|states|common)\.[a-zA-Z.]+\b/);
          await shot(page, `${name}-${theme}-${locale}-desk`);
          await page.setViewportSize({ width: 390, height: 844 });
          await shot(page, `${name}-${theme}-${locale}-phone`);
          const wider = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect.soft(wider, `${name} is wider than a phone`).toBe(0);
          await page.close();
        });
      }
      for (const context of contexts.values()) await context.close();
    });
