import { evaluate, runEvaluation, suggestImprovements } from '../src/evaluation/domain/index.js';
import { randomKinds } from './kinds.js';
for (const kind of randomKinds()) {
  let [me, ms, mt]=[0,0,0];
  for (let i=0;i<8;i++){ const input=kind.make(5000+i); runEvaluation({input,effort:'interactive',suggestions:true}); const a=performance.now(); const r=evaluate(input); const b=performance.now(); suggestImprovements(input,r); const c=performance.now(); runEvaluation({input,effort:'interactive',suggestions:true}); const d=performance.now(); me=Math.max(me,b-a); ms=Math.max(ms,c-b); mt=Math.max(mt,d-c);}
  console.log(kind.name, 'evaluate',me.toFixed(1),'suggest',ms.toFixed(1),'total',mt.toFixed(1));
}
