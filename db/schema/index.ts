export * from './answers.ts';
export * from './assessments.ts';
export * from './members.ts';
export * from './organisations.ts';
export * from './records.ts';
export * from './respondents.ts';
export * from './results.ts';
export * from './vendors.ts';
