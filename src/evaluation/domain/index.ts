export { engineVersion, inputDigest } from './digest.js';
export { evaluate, workBudgets, type EvaluationOptions } from './evaluate.js';
export * from './input.js';
export * from './request.js';
export { requestLimits, requestSchemas, type RequestComponents } from './request-schema.js';
export * from './result.js';
export { resultRef, resultSchemas, type ResultComponents } from './result-schema.js';
