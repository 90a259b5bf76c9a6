import { describe, expect, it } from 'vitest';
import { mailAddress, telephoneAddress } from '../../../../services/console/src/ui/reach-address.ts';

describe('telephoneAddress', () => {
  it.each([
    ['+66 53 791-117', 'tel:+6653791117'],
    ['(053) 791.117', 'tel:053791117'],
    ['191', 'tel:191'],
  ])('makes a link of %s', (text, address) => {
    expect(telephoneAddress(text)).toBe(address);
  });

  it.each(['javascript:alert(1)', 'tel:123', '12', '+', '*21*0815#', '', `1${'2'.repeat(20)}`])(
    'makes none of %j',
    (text) => {
      expect(telephoneAddress(text)).toBeUndefined();
    },
  );
});

describe('mailAddress', () => {
  it('makes a link of an address', () => {
    expect(mailAddress('desk@blo.example')).toBe('mailto:desk@blo.example');
  });

  it.each(['javascript:x@y', 'a@b?bcc=c@d', 'a b@c', 'a@', '@b', 'a@b\nc', 'a@b,c@d'])('makes none of %j', (text) => {
    expect(mailAddress(text)).toBeUndefined();
  });
});
