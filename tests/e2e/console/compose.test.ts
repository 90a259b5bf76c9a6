import { describe, it } from 'vitest';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

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
    const page = await visit({ office: 'th-chiang-khong', name: 'narcotics-desk', path: '/directory' });
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
});
