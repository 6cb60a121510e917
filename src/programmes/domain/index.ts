export * from './programme.js';
export * from './schema.js';
export * from './validate.js';
export * from './record.js';
export * from './enrolment.js';
export * from './home-course.js';
