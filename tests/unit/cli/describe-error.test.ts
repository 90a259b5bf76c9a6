import { describe, expect, it } from 'vitest';
import { describeError, errorJson, exitCodeOf } from '../../../services/cli/describe-error.ts';
import { CLI_ERRORS, CliError } from '../../../services/cli/errors.ts';
import { RegionError } from '../../../services/cli/region/errors.ts';
import { BusError } from '../../../services/core/bus/index.ts';
import { FoundationError } from '../../../services/core/foundation/index.ts';
import { LedgerError } from '../../../services/core/ledger/index.ts';
import { TrustError } from '../../../services/core/trust/index.ts';

describe('describeError', () => {
  it('says what went wrong, with which facts, and what to do, in one line', async () => {
    const { meaning, action } = CLI_ERRORS.CLI_FILE_UNREADABLE;
    const error = new CliError('CLI_FILE_UNREADABLE', { context: { file: 'a\nb' } });
    expect(await describeError(error)).toBe(`${meaning} (file: a\\u{a}b); ${action}.`);
  });

  it.each([
    new RegionError('REGION_PORT_IN_USE'),
    new FoundationError('FOUNDATION_ID_INVALID'),
    new TrustError('TRUST_KEY_INVALID'),
    new LedgerError('LEDGER_CLOSED'),
    new BusError('BUS_CONFIG_INVALID'),
  ])('finds the action of $code', async (error) => {
    expect(await describeError(error)).toMatch(/^[^;]+; .+\.$/);
  });

  it("lets the office's node speak for itself", async () => {
    const context = {
      status: 422,
      reason: 'OFFICE_REQUEST_INVALID',
      title: 'Something',
      faults: 'alert.urgency is required',
      detail: 'Correct it',
    };
    expect(await describeError(new CliError('CLI_API_REFUSED', { context }))).toBe(
      'Something (OFFICE_REQUEST_INVALID): alert.urgency is required; Correct it',
    );
  });

  it('shows where a bug of ours was', async () => {
    expect(await describeError(new TypeError('a bug'))).toContain('describe-error.test.ts');
  });
});

describe('errorJson', () => {
  it('has code and context for scripts', () => {
    expect(errorJson(new CliError('CLI_API_UNREACHABLE', { context: { address: 'x' } }))).toEqual({
      error: {
        code: 'CLI_API_UNREACHABLE',
        message: CLI_ERRORS.CLI_API_UNREACHABLE.meaning,
        context: { address: 'x' },
      },
    });
    expect(errorJson(new TypeError('a')).error.code).toBe('UNEXPECTED');
  });
});

describe('exitCodeOf', () => {
  it('is 2 for a wrong command line and 1 for everything else', () => {
    expect(exitCodeOf(new CliError('CLI_USAGE'))).toBe(2);
    expect(exitCodeOf(new CliError('CLI_OFFICE_NOT_NAMED'))).toBe(2);
    expect(exitCodeOf(new CliError('CLI_FILE_EXISTS'))).toBe(1);
    expect(exitCodeOf(new TypeError('a'))).toBe(1);
  });
});
