import { afterEach, describe, expect, it } from 'vitest';
import { days, type OfficeId } from '../../../../services/core/foundation/index.ts';
import { fileSigner, signDocument, writeCharterText } from '../../../../services/core/trust/index.ts';
import {
  CharterForm,
  DataCategory,
  OperationRole,
  RecallAction,
  RecallGround,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import type { LineFault } from '../test-line.ts';
import { type ThreeOffices, threeOffices } from '../three-offices.ts';
import { ledgerFindings, type TestRelay } from '../two-offices.ts';
import { act, charterOf, OperationAction, propose, rootOf, shapeOf, viewAt } from './charters.ts';

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

const inState = (state: string, among: readonly TestRelay[] = offices.all): Promise<void> =>
  eventually(() => {
    for (const office of among) expect([office.office, viewAt(office)?.state]).toEqual([office.office, state]);
  });

const agreed = (among: readonly TestRelay[] = offices.all): Promise<void> =>
  eventually(() => {
    const [one, ...others] = among.map((office) => shapeOf(viewAt(office)));
    expect(one).toBeDefined();
    for (const other of others) expect(other).toEqual(one);
  });

async function live(): Promise<ThreeOffices> {
  const { th, la, mm } = await start();
  await propose(th, charterOf({ quorum: 3 }));
  await inState('proposed');
  await Promise.all([act(la, OperationAction.SIGN), act(mm, OperationAction.SIGN)]);
  await inState('live');
  return offices;
}

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: { readonly code: unknown }) => error.code,
  );

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

  it('is told to every member by every other, so that the lead can leave none out', async () => {
    const { th, la, mm, lines } = await start();
    await propose(th, charterOf());
    await inState('proposed');
    lines.thToMm.up = false;
    lines.laToMm.up = false;
    await act(la, OperationAction.SIGN);
    await inState('live', [th, la]);
    expect(viewAt(mm)?.state).toBe('proposed');
    lines.laToMm.up = true;
    await inState('live', [mm]);
    lines.thToMm.up = true;
    await agreed();
  });

  it('keeps a document with all signatures, which is the same at every member', async () => {
    const { th, la, mm } = await live();
    await eventually(() => {
      const documents = [th, la, mm].map(({ relay }) => Buffer.from(relay.operations.document('op-naga')).toString());
      expect(new Set(documents).size).toBe(1);
      expect((JSON.parse(documents[0] ?? '') as { signatures: unknown[] }).signatures).toHaveLength(3);
      for (const office of offices.all) expect(viewAt(office)?.charter.signatures.size).toBe(3);
    });
  });

  it('goes on without a member that leaves, and without one that is removed', async () => {
    const { th, la, mm } = await live();
    await act(mm, OperationAction.LEAVE);
    await eventually(() => expect(viewAt(th)?.members.get(mm.office)?.state).toBe('left'));
    await act(th, OperationAction.SUSPEND);
    await inState('suspended', [th, la]);
    await agreed([th, la]);
    expect(viewAt(mm)?.state).toBe('live');
    expect(await refusal(act(mm, OperationAction.SIGN))).toBe('OPERATIONS_STATE_WRONG');
    await act(th, OperationAction.REMOVE, { member: la.office });
    await eventually(() => expect(viewAt(la)?.members.get(la.office)?.state).toBe('removed'));
    expect(await refusal(act(la, OperationAction.LEAVE))).toBe('OPERATIONS_STATE_WRONG');
  });

  it('comes to one state on all sides when acts are late, lost, doubled and out of order', async () => {
    const { th, la, mm, lines } = await live();
    const faults: readonly LineFault[] = ['late', 'pass', 'twice', 'lose', 'late', 'lose-ack', 'pass'];
    let turn = 0;
    for (const line of Object.values(lines)) line.decide = () => faults[turn++ % faults.length] ?? 'pass';
    for (const action of [OperationAction.SUSPEND, OperationAction.RESUME, OperationAction.SUSPEND])
      await act(th, action);
    await offices.kill(la);
    await act(th, OperationAction.RESUME);
    await inState('live');
    await act(mm, OperationAction.LEAVE);
    await act(th, OperationAction.CLOSE);
    await inState('closed', [th, la]);
    for (const line of Object.values(lines)) line.decide = () => 'pass';
    await agreed([th, la]);
  });

  it('opens an exercise with keys for exercises, in a scope of its own', async () => {
    const { th, la } = await start();
    await propose(th, charterOf({ drill: true }));
    await inState('proposed');
    await act(la, OperationAction.SIGN);
    await inState('live');
    expect(viewAt(la)).toMatchObject({ drill: true, scope: 'drill-op-naga' });
    expect(viewAt(la)?.charter.document.signers).toEqual([th.keys.drillSigner.kid, la.keys.drillSigner.kid]);
  });

  it('takes the national form, which the nations sign elsewhere', async () => {
    const { th, la } = await start();
    const charter = charterOf({ form: CharterForm.NATIONAL, agreement: 'none' });
    const signedBy = (...offices: OfficeId[]): Promise<Uint8Array> =>
      signDocument(
        'charter',
        writeCharterText(charter),
        offices.map((office) => fileSigner(rootOf(office).privateJwk)),
      );
    expect(await refusal(propose(th, charter))).toBe('OPERATIONS_SIGNATURE_INVALID');
    const another = async (init: Parameters<typeof charterOf>[0], signer: OfficeId): Promise<Uint8Array> => {
      const text = writeCharterText({ ...charter, ...init });
      return await signDocument('charter', text, [fileSigner(rootOf(signer).privateJwk)]);
    };
    const otherId = await another({ id: 'op-other' }, th.office);
    expect(await refusal(propose(th, charter, otherId))).toBe('OPERATIONS_CHARTER_INVALID');
    const members = charter.members.map((one) => ({
      ...one,
      role: one.office === la.office ? OperationRole.LEAD : OperationRole.MEMBER,
    }));
    const ledByAnother = await another({ members: members.toSorted((a, b) => a.role - b.role) }, la.office);
    expect(await refusal(propose(th, charter, ledByAnother))).toBe('OPERATIONS_NOT_LEAD');
    await propose(th, charter, await signedBy(th.office));
    await inState('proposed');
    expect(await refusal(act(la, OperationAction.SIGN))).toBe('OPERATIONS_SIGNATURE_INVALID');
    const ofAnother = await signedBy(th.office);
    expect(await refusal(act(la, OperationAction.SIGN, { document: ofAnother }))).toBe('OPERATIONS_SIGNATURE_INVALID');
    await act(la, OperationAction.SIGN, { document: await signedBy(th.office, la.office) });
    await inState('live');
  });

  it('has ended when too few are left, and when its time has passed', async () => {
    const { th, la, mm } = await start();
    await propose(th, charterOf({ quorum: 3 }));
    await inState('proposed');
    await act(la, OperationAction.DECLINE);
    await inState('ended');
    await propose(th, charterOf({ id: 'op-second' }));
    await eventually(() => expect(viewAt(mm, 'op-second')?.state).toBe('proposed'));
    offices.skip(days(2));
    expect(viewAt(mm, 'op-second')?.state).toBe('ended');
    expect(await refusal(act(mm, OperationAction.SIGN, { operation: 'op-second' }))).toBe('OPERATIONS_STATE_WRONG');
  });

  it('refuses an officer what is not in place', async () => {
    const { th, la } = await live();
    const codes = async (office: TestRelay, ...actions: OperationAction[]): Promise<unknown[]> =>
      Promise.all(actions.map((action) => refusal(act(office, action))));
    expect(await codes(la, OperationAction.CLOSE, OperationAction.SIGN, OperationAction.DECLINE)).toEqual([
      'OPERATIONS_NOT_LEAD',
      'OPERATIONS_STATE_WRONG',
      'OPERATIONS_STATE_WRONG',
    ]);
    expect(await codes(th, OperationAction.LEAVE, OperationAction.RESUME)).toEqual([
      'OPERATIONS_OF_LEAD',
      'OPERATIONS_STATE_WRONG',
    ]);
    expect(await codes(th, OperationAction.OPEN, OperationAction.CONTRIBUTE, OperationAction.SIGN_REPORT)).toEqual([
      'OPERATIONS_OF_NODE',
      'OPERATIONS_OF_NODE',
      'OPERATIONS_OF_NODE',
    ]);
    expect(await refusal(act(th, OperationAction.REMOVE, { member: 'mm-tamu' }))).toBe('OPERATIONS_NOT_MEMBER');
    expect(await refusal(act(th, OperationAction.CLOSE, { operation: 'op-none' }))).toBe('OPERATIONS_UNKNOWN');
  });

  it('refuses a proposal that is not for this office to make', async () => {
    const { th, la } = await start();
    await propose(th, charterOf());
    expect(await refusal(propose(th, charterOf()))).toBe('OPERATIONS_KNOWN');
    const led = charterOf({ id: 'op-two' });
    expect(await refusal(propose(la, led))).toBe('OPERATIONS_NOT_LEAD');
    const members = [...led.members];
    const withStranger = [
      ...members.slice(0, 2),
      { office: 'mm-tamu', role: OperationRole.MEMBER, dataCategories: [], dutyContact: '' },
    ];
    expect(await refusal(propose(th, { ...led, members: withStranger }))).toBe('OPERATIONS_NO_LINE');
    expect(await refusal(propose(th, { ...led, dataCategories: [DataCategory.CORE], retentionDays: 366 }))).toBe(
      'TRUST_CHARTER_BEYOND_AGREEMENT',
    );
    expect(await refusal(propose(th, { ...led, agreement: 'none' }))).toBe('TRUST_CHARTER_AGREEMENT_MISSING');
  });

  it('is on record for good: neither charter nor act is called back', async () => {
    const { th } = await live();
    const recall = {
      submittedBy: 'supervisor-1',
      action: RecallAction.DELETE,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
    };
    const said = [...th.projection.outbound.values()].map(({ id }) => id);
    expect(said.length).toBeGreaterThan(1);
    for (const id of said) {
      const input = { ...recall, id, idempotencyKey: '', submissionDigest: '0'.repeat(64) as never };
      expect(await refusal(th.relay.recalls.recall(input))).toBe('RECALL_KIND_UNFIT');
    }
  });

  it('answers what comes again under its key as the first time', async () => {
    const { th, la } = await start();
    await propose(th, charterOf());
    await inState('proposed');
    await act(la, OperationAction.SIGN, { idempotencyKey: 'sign-1' });
    await inState('live');
    await act(la, OperationAction.SIGN, { idempotencyKey: 'sign-1' });
    expect(viewAt(la)?.acts.filter(({ action }) => action === OperationAction.SIGN)).toHaveLength(1);
  });
});
