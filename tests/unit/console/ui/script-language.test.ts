import { describe, expect, it } from 'vitest';
import { scriptLanguage } from '../../../../services/console/src/ui/script-language.ts';

describe('scriptLanguage', () => {
  it.each([
    ['A named officer reviews it before it leaves.', 'en'],
    ['เจ้าหน้าที่ตรวจก่อนส่ง', 'th'],
    ['ເຈົ້າໜ້າທີ່ກວດກ່ອນສົ່ງ', 'lo'],
    ['មន្ត្រីពិនិត្យមុនផ្ញើ', 'km'],
    ['အရာရှိက စစ်ဆေးသည်', 'my'],
    ['由指定人员先行审核', 'zh'],
    ['Cán bộ được chỉ định xem trước.', 'vi'],
    ['', 'en'],
  ])('takes %j for %s', (text, language) => {
    expect(scriptLanguage(text)).toBe(language);
  });
});
