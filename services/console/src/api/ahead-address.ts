/** The first page of the inbox as the console asks for it when no filter is set. */
export const INBOX_AHEAD = '/v1/inbox?status=open&limit=40';
