export { readServerTemplates } from './read-templates.ts';
export { renderHubServerConfig } from './render-hub.ts';
export { renderOfficeServerConfig } from './render-office.ts';
export { renderTemplate, type TemplateValue } from './render-template.ts';
export {
  type AcceptingLink,
  type DiallingLink,
  type HubOffice,
  type HubRoute,
  type HubServerInput,
  type LeafListener,
  type LinkPeer,
  type NkeyPublic,
  nationAccountOf,
  type OfficeLink,
  type OfficeServerInput,
  type Port,
  type RenderedConfig,
  type ServerBasics,
  type ServerTemplates,
  TEMPLATE_NAMES,
  type TemplateName,
  type TlsFiles,
} from './types.ts';
