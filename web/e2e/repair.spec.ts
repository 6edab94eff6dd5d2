import { expect, type Locator, type Page, test } from '@playwright/test';
import { openAlways, registerCar, shot, signedIn } from './world.ts';

const primary = (page: Page): Locator => page.locator('[data-slot="order-header"] [data-primary]');
/** Presses the next action of the order and gives the dialog it opens. */
const open = async (page: Page, command: string): Promise<Locator> => {
  await page.locator(`main [data-action="${command}"]`).first().click();
  return page.getByRole('dialog');
};
const send = async (dialog: Locator): Promise<void> => {
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
};

test('a repair goes from request to hand-over, and the board of another window follows it live', async ({
  browser,
  request,
}) => {
  const { plate } = await registerCar(request, 'owner.lee');
  await openAlways(request, 'gaon.owner', '가온오토케어 강남');
  const desk = await signedIn(browser, 'gaon.advisor');
  const home = await signedIn(browser, 'owner.lee', {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });

  // The first window: it is opened once and never loaded again.
  const board = await desk.newPage();
  await board.goto('/workshop');
  await expect(board.locator('[data-slot="board"]')).toBeVisible();
  const loads: string[] = [];
  board.on('framenavigated', (frame) => loads.push(frame.url()));
  const cardIn = (column: string): Locator => board.locator(`[data-column="${column}"] [data-plate="${plate}"]`);

  await test.step('the owner asks for an appointment', async () => {
    const page = await home.newPage();
    await page.goto('/garage/reservations');
    await page.locator('[data-action="RequestReservation"]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('차량').selectOption({ label: `${plate} · 코나` });
    await dialog.getByLabel('정비소').selectOption({ label: '가온오토케어 강남' });
    await dialog.getByLabel('무엇을 할까요?').selectOption({ label: '앞 브레이크패드 교환' });
    await dialog.getByLabel('어떤 증상이 있나요?').fill('브레이크를 밟으면 소리가 나요');
    await shot(page, 'repair-1-request-phone');
    await send(dialog);
    await expect(page.locator('[data-reservation="requested"]').filter({ hasText: plate.slice(-4) })).toBeVisible();
    await page.close();
  });

  const page = await desk.newPage();
  const inspector = page.locator('[data-slot="inspector"]');
  const openReservation = async (): Promise<void> => {
    await page.goto(`/workshop/reservations?q=${encodeURIComponent(plate)}`);
    await page
      .getByRole('row')
      .filter({ hasText: plate.slice(-4) })
      .click();
  };
  let day = '';
  await test.step('the desk confirms it', async () => {
    await openReservation();
    await inspector.getByRole('button', { name: '예약 확정하기' }).click();
    const dialog = page.getByRole('dialog');
    // A car may be checked in a day before its time at most: take the next free start there is.
    const today = new Date(Date.now() + 9 * 3_600_000);
    const starts = dialog.locator('fieldset button[aria-pressed]');
    await dialog.getByLabel('날짜').fill(today.toISOString().slice(0, 10));
    await expect(dialog.locator('fieldset').first()).toBeVisible();
    if ((await starts.count()) === 0)
      await dialog.getByLabel('날짜').fill(new Date(today.getTime() + 86_400_000).toISOString().slice(0, 10));
    await starts.last().click();
    day = await dialog.getByLabel('날짜').inputValue();
    await shot(page, 'repair-2-confirm');
    await send(dialog);
  });

  await test.step('the desk drags it to another bay and an hour earlier or so', async () => {
    await page.goto(`/workshop/bays?day=${day}`);
    const block = page.locator('[data-bay-id] button').filter({ hasText: plate.slice(-4) });
    const lane = page.locator('[data-bay-id]').first();
    await block.scrollIntoViewIfNeeded();
    const from = (await block.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const to = (await lane.boundingBox()) ?? from;
    await page.mouse.move(from.x + 6, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x - 40, to.y + to.height / 2, { steps: 8 });
    await expect(lane.locator('[data-slot="ghost"]')).toBeVisible();
    await page.mouse.up();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('사유').fill('리프트 점검');
    await shot(page, 'repair-2-drag');
    await send(dialog);
    await expect(lane.locator('button').filter({ hasText: plate.slice(-4) })).toBeVisible();
  });

  await test.step('the desk checks the car in', async () => {
    await openReservation();
    await inspector.getByRole('button', { name: '입고 접수하기' }).click();
    await page.getByRole('dialog').getByLabel('주행거리 (km)').fill('41250');
    await send(page.getByRole('dialog'));
  });

  await test.step('the desk opens the repair order, and the car appears on the board', async () => {
    await page.locator('[data-slot="inspector"]').getByRole('button', { name: '정비 지시서 열기' }).click();
    await page.getByRole('dialog').locator('button[type="submit"]').click();
    await page.waitForURL(/\/workshop\/orders\/[0-9a-f-]+$/);
    await expect(cardIn('arrive')).toBeVisible();
  });

  await test.step('the diagnosis is recorded', async () => {
    const dialog = await open(page, 'RecordDiagnosis');
    await dialog.getByLabel('부위').fill('앞 브레이크');
    await dialog.getByText('긴급', { exact: true }).click();
    await dialog.getByLabel('측정값').fill('2.1 mm');
    await send(dialog);
    await expect(cardIn('diagnose')).toBeVisible();
  });

  await test.step('the estimate is written and sent', async () => {
    await page.locator('main [data-action="DraftEstimate"]').first().click();
    await page.waitForURL(/\/estimate$/);
    await page.getByRole('button', { name: '품목표에서' }).click();
    await page.getByRole('menuitem', { name: /앞 브레이크패드 교환/ }).click();
    const lines = page.locator('[data-slot="estimate-lines"] > li');
    if ((await lines.locator('[data-cell="grade-oem"]').count()) === 0) {
      await page.getByRole('button', { name: '항목 추가' }).click();
      await page.getByRole('menuitem', { name: '부품' }).click();
      await lines.last().locator('[data-cell="name"]').fill('앞 패드 세트');
    }
    for (const part of await lines.filter({ has: page.locator('[data-cell="grade-oem"]') }).all()) {
      await part.locator('[data-cell="grade-oem"]').fill('62000');
      await part.locator('[data-cell="grade-certifiedAlt"]').fill('40300');
    }
    await page.getByRole('button', { name: '항목 추가' }).click();
    await page.getByRole('menuitem', { name: '수수료' }).click();
    await lines.last().locator('[data-cell="name"]').fill('실내 세차');
    await lines.last().locator('[data-cell="price"]').fill('20000');
    await shot(page, 'repair-3-estimate');
    await page.locator('[data-action="SendEstimate"]').click();
    await page.waitForURL(/\/workshop\/orders\/[0-9a-f-]+$/);
    await expect(cardIn('waitingApproval')).toBeVisible();
  });

  await test.step('the owner answers line by line in another browser', async () => {
    const phone = await home.newPage();
    await phone.goto('/garage');
    await phone
      .locator('[data-approval]')
      .filter({ hasText: plate.slice(-4) })
      .click();
    const answer = (line: Locator, word: string): Promise<void> => line.getByText(word, { exact: true }).click();
    await expect(phone.locator('li[data-line]')).toHaveCount(3);
    for (const line of await phone.locator('li[data-line]').all())
      await answer(line, (await line.getAttribute('data-line')) === '실내 세차' ? '보류' : '승인');
    await phone
      .locator('li[data-line]')
      .filter({ hasText: '인증 대체' })
      .first()
      .getByText(/인증 대체/)
      .first()
      .click();
    await shot(phone, 'repair-4-approve-phone');
    await phone.locator('[data-primary]').click();
    await expect(phone.locator('[data-slot="approved-total"]')).toBeVisible();
    await phone.close();
    await expect(cardIn('inWork')).toBeVisible();
    await expect(page.locator('[data-slot="order-header"][data-status="approved"]')).toBeVisible();
  });

  await test.step('a technician does the work', async () => {
    const dialog = await open(page, 'StartWork');
    const technicians = dialog.getByLabel('정비사');
    const count = await technicians.locator('option').count();
    // Whoever has another car in hand is refused; the form says so, and the next one is asked.
    for (let index = count - 1; index >= 0 && (await dialog.isVisible()); index--) {
      await technicians.selectOption({ index });
      await dialog.locator('button[type="submit"]').click();
      await expect(dialog.locator('[data-code]').or(page.locator('[data-status="inProgress"]')).first()).toBeVisible();
    }
    await expect(page.locator('[data-slot="order-header"][data-status="inProgress"]')).toBeVisible();
    const working = page.locator('[data-slot="order-lines"] > li[data-state="inWork"]');
    await expect(working).toHaveCount(2);
    for (const part of await working.filter({ has: page.locator('[data-action="RequestPart"]') }).all()) {
      const line = page.locator(`[data-line="${await part.getAttribute('data-line')}"]`);
      await line.locator('[data-action="RequestPart"]').click();
      await send(page.getByRole('dialog'));
      await line.locator('[data-action="NotePartReserved"]').click();
      await line.locator('[data-action="UsePart"]').click();
      await expect(line.getByText('사용함')).toBeVisible();
    }
    await shot(page, 'repair-5-work');
    while ((await working.count()) > 0) {
      const before = await working.count();
      await working.first().locator('[data-action="FinishLine"]').click();
      await send(page.getByRole('dialog'));
      await expect(working).toHaveCount(before - 1);
    }
    await page.locator('main [data-action="FinishWork"]').first().click();
    await expect(cardIn('inspect')).toBeVisible();
  });

  await test.step('the car is inspected and the order completed with its statement', async () => {
    const inspection = await open(page, 'PassInspection');
    await inspection.getByRole('button', { name: '모두 합격' }).click();
    await shot(page, 'repair-6-inspection');
    await send(inspection);
    await expect(cardIn('ready')).toBeVisible();
    const completion = await open(page, 'CompleteOrder');
    await completion.getByLabel('출고 주행거리').fill('41260');
    await shot(page, 'repair-7-statement');
    await send(completion);
  });

  await test.step('it is invoiced and paid', async () => {
    await page.locator('[data-action="DraftInvoice"]').click();
    await page.locator('[data-slot="invoice"] [data-action="IssueInvoice"]').click();
    await send(page.getByRole('dialog'));
    await page.locator('[data-slot="invoice"] [data-action="RecordPayment"]').click();
    await shot(page, 'repair-8-payment');
    await send(page.getByRole('dialog'));
    await expect(page.locator('[data-slot="invoice"][data-status="paid"]')).toBeVisible();
  });

  await test.step('the car is handed over, and leaves the board', async () => {
    const dialog = await open(page, 'HandOver');
    const box = await dialog.locator('[data-slot="signature"]').boundingBox();
    if (!box) throw new Error('There is no field to sign in');
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 90, { steps: 5 });
    await page.mouse.move(box.x + 200, box.y + 40, { steps: 5 });
    await page.mouse.up();
    await shot(page, 'repair-9-hand-over');
    await send(dialog);
    await expect(primary(page)).toHaveCount(0);
    await expect(page.locator('[data-slot="order-header"][data-status="closed"]')).toBeVisible();
    await expect(board.locator(`[data-plate="${plate}"]`)).toHaveCount(0);
    await shot(page, 'repair-10-closed');
  });

  await test.step('the slider shows the order as it was, without its actions', async () => {
    await page.getByRole('tab', { name: '기록' }).click();
    await expect(page.locator('[data-slot="timeline"] > li').first()).toBeVisible();
    const slider = page.locator('[data-slot="as-of-slider"]');
    await slider.focus();
    await slider.press('Home');
    await expect(page.locator('[data-slot="as-of"]')).toBeVisible();
    await expect(page.locator('[data-slot="order-header"][data-status="opened"]')).toBeVisible();
    await expect(page.locator('[data-slot="diff"]')).toBeVisible();
    await shot(page, 'repair-11-history');
  });

  expect(loads, 'the board was never loaded again').toEqual([]);
  await desk.close();
  await home.close();
});
