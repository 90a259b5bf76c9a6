import { describe, expect, it } from 'vitest';
import { unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';

/** Pastes a picture as the clipboard of a desk has it, with nothing chosen on the page. */
const PASTE = `(async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
  canvas.getContext('2d').fillRect(5, 5, 30, 10);
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([picture], 'image.png', { type: 'image/png' }));
  document.activeElement?.blur();
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
})()`;

describe('a draft', () => {
  it('takes a picture that is pasted anywhere, and says while the device has no room for it', async () => {
    const page = await visit({ office: OFFICE, name: 'narcotics-desk', path: '/directory' });
    const { origin } = new URL(page.url());
    const device = await page.context().newCDPSession(page);
    await device.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await page.goto('/console/compose/forged-document');
    await page.getByLabel('Headline').fill('A passport with another face');
    await page.getByText(/^No room on this device/).waitFor();
    await device.send('Storage.overrideQuotaForOrigin', { origin });
    await page.evaluate(PASTE);
    await page.getByRole('img', { name: /picture 1$/ }).waitFor();
    await page.getByText(/^Draft kept on this device/).waitFor();
  });

  it('shows everything that was written in it when it is opened again', async () => {
    const page = await visit({ office: OFFICE, name: 'narcotics-desk', path: '/compose/warning' });
    const headline = unique('A pickup waits at the ferry');
    await page.getByLabel('Headline').fill(headline);
    const more = page.getByText('More about it', { exact: true });
    const others = page.getByText('All other fields', { exact: true });
    expect(await page.getByLabel('Case reference').count()).toBe(0);
    await more.click();
    await page.getByLabel('Case reference').fill('CASE-78');
    await page.getByText(/^Draft kept on this device/).waitFor();
    await page.goto('/console/compose');
    await page.getByRole('link', { name: headline }).click();
    await expect.poll(() => page.getByLabel('Case reference').inputValue()).toBe('CASE-78');
    expect(await others.locator('..').getAttribute('open')).toBeNull();
  });

  it('leads to a field that is needed as often as it is asked for, also where it was folded away', async () => {
    const page = await visit({ office: OFFICE, name: 'narcotics-desk', path: '/compose/warning' });
    await page.getByRole('checkbox', { name: /^la-houayxay/ }).check();
    await page.getByLabel('Crime area').selectOption({ label: 'Drugs' });
    await page.getByLabel('Headline').fill(unique('A boat without a number'));
    const more = page.getByText('More about it', { exact: true });
    await more.click();
    const purpose = page.getByLabel('Purpose');
    await purpose.selectOption('');
    const sendButton = page.getByRole('button', { name: 'Send to one office' });
    for (let times = 0; times < 3; times++) {
      await more.click();
      await purpose.waitFor({ state: 'hidden' });
      await sendButton.click();
      await purpose.waitFor();
      await expect
        .poll(() => purpose.evaluate('document.activeElement?.name'))
        .toBe(await purpose.getAttribute('name'));
    }
  });
});
