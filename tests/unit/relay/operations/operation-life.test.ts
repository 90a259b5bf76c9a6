import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { ledgerFindings } from '../two-offices.ts';
import { act, charterOf, OperationAction, propose, shapeOf, viewAt } from './charters.ts';

let offices: ThreeOffices;

afterEach(async () => {
  const bugs = offices.all.flatMap(({ bugs }) => bugs);
  await offices.close();
  expect(bugs).toEqual([]);
});

async function start(): Promise<ThreeOffices> {
  offices = await threeOffices({ joint: true });
  return offices;
}

const inState = (state: string): Promise<void> =>
  eventually(() => {
    for (const office of offices.all) expect(viewAt(office)?.state).toBe(state);
  });

const agreed = (): Promise<void> =>
  eventually(() => {
    const [one, ...others] = offices.all.map((office) => shapeOf(viewAt(office)));
    expect(one).toBeDefined();
    for (const other of others) expect(other).toEqual(one);
  });

describe('operationDesk', () => {
  it('goes live when the quorum has signed, and ends when all who are there have contributed', async () => {
    const { th, la, mm } = await start();
    await propose(th, charterOf());
    await inState('proposed');
    await act(la, OperationAction.SIGN);
    await inState('live');
    await act(mm, OperationAction.SIGN);
    await eventually(() => expect(viewAt(th)?.members.get(mm.office)?.joinedLate).toBe(true));
    await agreed();
    await act(th, OperationAction.CLOSE);
    await inState('closed');
    await agreed();
    for (const office of offices.all) expect(await ledgerFindings(office)).toEqual([]);
  });
});
