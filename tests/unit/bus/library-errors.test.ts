import { JetStreamApiError, JetStreamError } from '@nats-io/jetstream';
import { errors } from 'nats';
import { describe, expect, it } from 'vitest';
import { BusError } from '../../../services/core/bus/index.ts';
import { asBusError, isMissing } from '../../../services/core/bus/library-errors.ts';

function api(number: number, status = 400): JetStreamApiError {
  return new JetStreamApiError({ code: status, err_code: number, description: 'x' });
}

function status(code: number): JetStreamError {
  return Object.assign(new JetStreamError('x'), { code });
}

describe('asBusError', () => {
  it.each([
    ['another last sequence', api(10071), 'BUS_FENCE_LOST'],
    ['another last sequence, unnamed', api(10164), 'BUS_FENCE_LOST'],
    ['a failed store', api(10077, 503), 'BUS_STORE_FULL'],
    ['too few resources', api(10023, 503), 'BUS_STORE_FULL'],
    ['full memory', api(10028, 500), 'BUS_STORE_FULL'],
    ['a full disk', api(10047, 500), 'BUS_STORE_FULL'],
    ['a message too large', api(10054), 'BUS_TOO_LARGE'],
    ['any other number', api(10052), 'BUS_REQUEST_REFUSED'],
    ['a silence', new errors.TimeoutError(), 'BUS_TIMEOUT'],
    ['nobody there', new errors.NoRespondersError('x'), 'BUS_NO_RESPONDERS'],
    ['a closed connection', new errors.ClosedConnectionError(), 'BUS_CLOSED'],
    ['a draining connection', new errors.DrainingConnectionError(), 'BUS_CLOSED'],
    ['a missing permission', new errors.PermissionViolationError('x', 'publish', 'x'), 'BUS_REQUEST_REFUSED'],
    ['a read that nobody answers', status(503), 'BUS_NO_RESPONDERS'],
    ['a read that is refused', status(408), 'BUS_REQUEST_REFUSED'],
    ['an acknowledgement without a stream', new JetStreamError('x'), 'BUS_ANSWER_INVALID'],
    ['an answer that is no JSON', new SyntaxError('x'), 'BUS_ANSWER_INVALID'],
    ['a request that was not made', new errors.RequestError('x'), 'BUS_REQUEST_REFUSED'],
  ])('names %s, also when it is a cause', (_, error, code) => {
    expect(asBusError(error)).toMatchObject({ code });
    const wrapped = new Error('outer', { cause: new errors.RequestError('inner', { cause: error }) });
    expect(asBusError(wrapped)).toMatchObject({ code, cause: wrapped });
  });

  it('leaves our own errors and our own bugs as they are', () => {
    const own = new BusError('BUS_TIMEOUT');
    const bug = new TypeError('x');
    expect(asBusError(own)).toBe(own);
    expect(asBusError(bug)).toBe(bug);
  });
});

describe('isMissing', () => {
  it.each([
    [10059, true],
    [10014, true],
    [10037, true],
    [10052, false],
  ])('of number %d is %s', (number, missing) => {
    expect(isMissing(asBusError(api(number, 404)))).toBe(missing);
  });
  it('is never of an error that is not ours', () => {
    expect(isMissing(api(10059, 404))).toBe(false);
  });
});
