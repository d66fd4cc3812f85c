export { checkAgainstModel, type ModelBasedParameters } from './check-against-model.js';
