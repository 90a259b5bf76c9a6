export { visibleDoor } from './visible-door.ts';
