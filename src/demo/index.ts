export { type RecordedStudent, seedDemo } from './seed.js';
export { welcome } from './welcome.js';
