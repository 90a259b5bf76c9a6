// First: what it does must have happened before the engine is there.
import './set-engine-flags.ts';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { digestOf, nationOf, type OfficeId, utf8 } from '../foundation/index.ts';
import { PolicyError } from './errors.ts';
import { type AgreementFacts, type MessageFacts, type PartFacts, type Parties, REGION } from './facts.ts';

/** What a policy can be asked to allow. */
export type Action =
  | 'release'
  | 'releaseUnattended'
  | 'disclose'
  | 'admit'
  | 'admitUnattended'
  | 'accept'
  | 'releaseToRegion'
  | 'discloseToRegion'
  | 'admitFromRegion'
  | 'acceptFromRegion';

/** Something that is wrong with a text, at an offset in UTF-8 bytes where that is known. */
export interface CedarFault {
  readonly message: string;
  readonly startByte: number | undefined;
}

/** What came out of asking the policies. */
export interface PolicyAnswer {
  /** Permitted, not forbidden, and no policy failed. */
  readonly allowed: boolean;
  /** Names of the policies that determined it; where one failed, of those that failed. */
  readonly policies: readonly string[];
  /** A policy failed, or the question was none of the schema. */
  readonly failed: boolean;
}

/** One question to a set of policies. `part` is there for the actions that are about one part and for no other. */
export interface PolicyQuestion {
  readonly action: Action;
  readonly parties: Parties;
  readonly message: MessageFacts;
  readonly agreement: AgreementFacts;
  readonly part?: PartFacts;
}

/** Policies that were parsed once and can be asked again and again. */
export interface PolicyEngine {
  /** Never throws: what cannot be evaluated is `failed`, and then nothing is allowed. */
  readonly ask: (question: PolicyQuestion) => PolicyAnswer;
}

function faultOf(error: cedar.DetailedError): CedarFault {
  return {
    message: error.help === null ? error.message : `${error.message} (${error.help})`,
    startByte: error.sourceLocations?.[0]?.start,
  };
}

/** The policies of a text, each as it was written, without the comments before it. Templates are a fault. */
export function splitPolicies(
  text: string,
): { readonly policies: readonly string[] } | { readonly faults: readonly CedarFault[] } {
  const answer = cedar.policySetTextToParts(text);
  if (answer.type === 'failure') return { faults: answer.errors.map(faultOf) };
  if (answer.policy_templates.length > 0)
    return { faults: [{ message: 'templates (?principal, ?resource) are not used here', startByte: undefined }] };
  return { policies: answer.policies };
}

/** What can be said of a policy without asking it. */
export interface PolicyDescription {
  readonly effect: 'permit' | 'forbid';
  readonly annotations: Readonly<Record<string, string>>;
  /** Names of the actions it is about; undefined where it is about every action. */
  readonly actions: readonly string[] | undefined;
  /** The conditions as Cedar's JSON policy format has them. */
  readonly conditions: unknown;
}

function actionsIn(scope: cedar.ActionConstraint): readonly string[] | undefined {
  if (scope.op === 'All') return undefined;
  const named = 'entities' in scope ? scope.entities : 'entity' in scope ? [scope.entity] : [];
  return named.map((one) => ('__entity' in one ? one.__entity.id : one.id));
}

/** Effect, annotations, actions and conditions of one policy; undefined where it cannot be read. */
export function describePolicy(text: string): PolicyDescription | undefined {
  const answer = cedar.policyToJson(text);
  if (answer.type === 'failure') return undefined;
  const { effect, annotations = {}, action, conditions } = answer.json;
  return { effect, annotations, actions: actionsIn(action), conditions };
}

/** Something that the validator finds in the policy of that name; offsets count from its first byte. */
export interface ValidationFault extends CedarFault {
  readonly policy: string;
  readonly severity: 'error' | 'warning';
}

/** What the validator (strict) finds in policies, by name, against the schema. */
export function validatePolicies(
  schema: string,
  policies: Readonly<Record<string, string>>,
): readonly ValidationFault[] {
  const answer = cedar.validate({
    schema,
    validationSettings: { mode: 'strict' },
    policies: { staticPolicies: { ...policies } },
  });
  if (answer.type === 'failure')
    throw new PolicyError('POLICY_ENGINE_FAILED', { context: { fault: answer.errors[0]?.message ?? '' } });
  const faults = (severity: 'error' | 'warning', found: readonly cedar.ValidationError[]): readonly ValidationFault[] =>
    found.map(({ policyId, error }) => ({ ...faultOf(error), policy: policyId, severity }));
  return [...faults('error', answer.validationErrors), ...faults('warning', answer.validationWarnings)];
}

type Entity = { readonly __entity: cedar.TypeAndId };

function entity(type: string, id: string): Entity {
  return { __entity: { type, id } };
}

function entities(type: string, ids: readonly string[]): Entity[] {
  return ids.map((id) => entity(type, id));
}

function messageRecord(facts: MessageFacts): Record<string, cedar.CedarValueJson> {
  return {
    kind: entity('MessageKind', facts.kind),
    messageType: entity('MessageType', facts.messageType),
    crimeArea: entity('CrimeArea', facts.crimeArea),
    urgency: entity('Urgency', facts.urgency),
    severity: entity('Severity', facts.severity),
    certainty: entity('Certainty', facts.certainty),
    purpose: entity('Purpose', facts.purpose),
    handling: facts.handling,
    precedence: entity('Precedence', facts.precedence),
    drill: facts.drill,
    onward: facts.onward,
    originatorConsents: facts.originatorConsents,
    opening: facts.opening,
    emergency: facts.emergency,
    persons: facts.persons,
    personal: facts.personal,
    categories: entities('DataCategory', facts.categories),
    concerns: entities('Concern', facts.concerned.concerns),
    protectedFrom: entities('Nation', facts.concerned.protectedFrom),
    nationalities: entities('Nation', facts.concerned.nationalities),
  };
}

function partRecord(facts: PartFacts): Record<string, cedar.CedarValueJson> {
  return {
    category: entity('DataCategory', facts.category),
    personal: facts.personal,
    ofSubject: facts.ofSubject,
    role: entity('SubjectRole', facts.role),
    covered: facts.covered,
    concerns: entities('Concern', facts.concerned.concerns),
    protectedFrom: entities('Nation', facts.concerned.protectedFrom),
    nationalities: entities('Nation', facts.concerned.nationalities),
  };
}

function office(id: OfficeId): cedar.EntityJson {
  return { uid: { type: 'Office', id }, attrs: {}, parents: [{ type: 'Nation', id: nationOf(id) }] };
}

function receiver(to: Parties['to']): cedar.EntityJson {
  return to === REGION ? { uid: { type: 'Region', id: REGION }, attrs: {}, parents: [] } : office(to);
}

function answerOf(result: cedar.AuthorizationAnswer): PolicyAnswer {
  if (result.type === 'failure') return { allowed: false, policies: [], failed: true };
  const { decision, diagnostics } = result.response;
  // Cedar leaves out a policy that fails, so a broken `forbid` would open the border: any failure is a refusal.
  if (diagnostics.errors.length > 0)
    return { allowed: false, policies: diagnostics.errors.map((error) => error.policyId).sort(), failed: true };
  return { allowed: decision === 'allow', policies: [...diagnostics.reason].sort(), failed: false };
}

/**
 * The engine over these policies, by name. They were checked before; parsed here, once.
 * @throws PolicyError POLICY_ENGINE_FAILED when the engine does not take them after all.
 */
export function prepareEngine(schema: string, policies: Readonly<Record<string, string>>): PolicyEngine {
  // The engine keeps what it parsed under these names for good, so equal texts share one.
  const schemaName = digestOf(utf8(schema));
  const policySet = digestOf(utf8(JSON.stringify(Object.entries(policies).sort())));
  for (const answer of [
    cedar.preparseSchema(schemaName, schema),
    cedar.preparsePolicySet(policySet, { staticPolicies: { ...policies } }),
  ]) {
    if (answer.type === 'failure')
      throw new PolicyError('POLICY_ENGINE_FAILED', { context: { fault: answer.errors[0]?.message ?? '' } });
  }
  const authorize = ({ action, parties, message, agreement, part }: PolicyQuestion): cedar.AuthorizationAnswer =>
    cedar.statefulIsAuthorized({
      principal: { type: 'Office', id: parties.from },
      action: { type: 'Action', id: action },
      resource: { type: parties.to === REGION ? 'Region' : 'Office', id: parties.to },
      context: {
        message: messageRecord(message),
        agreement: { ...agreement },
        ...(part === undefined ? {} : { part: partRecord(part) }),
      },
      preparsedSchemaName: schemaName,
      preparsedPolicySetId: policySet,
      validateRequest: true,
      entities: [office(parties.from), receiver(parties.to)],
    });
  return {
    ask: (question) => {
      try {
        return answerOf(authorize(question));
      } catch {
        return { allowed: false, policies: [], failed: true };
      }
    },
  };
}
