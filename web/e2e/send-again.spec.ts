import { expect, test } from '@playwright/test';
import { ask, mutate, shot, signedIn } from './world.ts';

type Rate = { category: string; ratePerHourKrw: number; effectiveFrom: string };
type World = {
  repairOrders: {
    edges: {
      node: { id: string; workshopId: string; estimates: { lines: { kind: string; rateKrw: number | null }[] }[] };
    }[];
  };
  workshops: { edges: { node: { id: string; rates: Rate[] } }[] };
};
const days = 86_400_000;
const seoulDay = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);

test('an estimate nobody answered for days is offered again at the rate posted since', async ({ browser, request }) => {
  const { repairOrders, workshops } = await ask<World>(
    request,
    'gaon.advisor',
    `{ repairOrders(filter: { status: ["awaitingApproval"] }) { edges { node { id workshopId estimates { lines { kind rateKrw } } } } }
       workshops { edges { node { id rates { category ratePerHourKrw effectiveFrom } } } } }`,
  );
  const order = repairOrders.edges.at(-1)?.node;
  const rates = workshops.edges.find(({ node }) => node.id === order?.workshopId)?.node.rates ?? [];
  const asked = order?.estimates.at(-1)?.lines.find(({ kind }) => kind === 'labour')?.rateKrw;
  const category = rates.findLast(({ ratePerHourKrw }) => ratePerHourKrw === asked)?.category;
  await mutate(request, 'gaon.owner', 'postLaborRate', {
    ...{ workshopId: order?.workshopId, category, ratePerHourKrw: 58_000, effectiveFrom: seoulDay(Date.now() + days) },
  });

  const desk = await signedIn(browser, 'gaon.advisor');
  const page = await desk.newPage();
  await page.goto(`/workshop/orders/${order?.id}`);
  await expect(page.locator('[data-estimate]').first()).toBeVisible();
  await expect(page.locator('[data-action="SendAgain"]')).toHaveCount(0);

  await page.clock.setFixedTime(Date.now() + 3 * days);
  await page.goto(`/workshop/orders/${order?.id}`);
  const again = page.locator('[data-action="SendAgain"]');
  await expect(again).toHaveText('오늘 가격으로 다시 보내기');
  await again.scrollIntoViewIfNeeded();
  await shot(page, 'send-again-order');
  await again.click();
  await page.waitForURL(/\/estimate\?prices=today$/);
  await expect(page.locator('[data-slot="todays-prices"]')).toContainText('오늘의 공임과 부품 가격을 적용했습니다');
  await expect(page.locator('li[data-kind="labour"] [data-cell="rate"]').first()).toHaveValue('58000');
  await shot(page, 'send-again-editor');
  await desk.close();
});
