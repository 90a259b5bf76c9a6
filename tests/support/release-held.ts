import { type JsonRecord, type OfficeClient, stringOf } from '../../services/cli/office-api/office-client.ts';

/** Looks at a held crossing and releases what was shown, as a person does. */
export async function releaseShown(office: OfficeClient, id: string, reason = 'checked'): Promise<JsonRecord> {
  const { shown } = await office.get(`/v1/held/${id}`);
  return await office.post(`/v1/held/${id}/release`, { reason, shown: stringOf(shown) });
}
