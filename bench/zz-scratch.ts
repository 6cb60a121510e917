import { resolveInline, evaluate, check } from '../src/evaluation/domain/index.js';
import { findCandidates } from '../src/evaluation/domain/candidates.js';
import { shippedGradingScales } from '../src/institutions/data/grading-scales.js';
import { shippedCreditSystems } from '../src/institutions/data/credit-systems.js';
const ref={creditSystems:shippedCreditSystems,gradingScales:shippedGradingScales};
const time=(name:string,f:()=>any)=>{const a=performance.now();const r=f();console.log(name,(performance.now()-a).toFixed(0),'ms');return r;};
function run(name:string, body:unknown){
  console.log(name);
  const r:any=resolveInline(body as never,ref,'2025-03-10');
  const c=time(' candidates',()=>findCandidates(r.input)); console.log('  applications',c.applications.length,'conflicts',c.conflicts.length,'complete',c.complete, 'refusals', c.refusals.reduce((s:number,x:any)=>s+x.length,0));
  const res=time(' evaluate',()=>evaluate(r.input));
  time(' check',()=>check(r.input,res));
}
const inst=(n:number)=>Array.from({length:n},(_,i)=>({id:`i${i}`,creditSystem:'ects'}));
const programme={institution:'i0',code:'P',catalogueYear:2025,totalCredits:60,requirements:{kind:'freeElectives',id:'e',credits:60}};
const award=(credits=3)=>({kind:'credit',awards:[{target:{kind:'elective'},credits:{kind:'fixed',credits},grade:{kind:'none'},effect:'credit'}]});
const comps=(n:number,code=(i:number)=>`CS ${i}`)=>Array.from({length:n},(_,i)=>({id:`c${i}`,provider:'i1',code:code(i),credits:3,completedOn:'2024-01-01'}));
const rule=(id:string,source:unknown,rest={})=>({id,from:'i1',to:'i0',source,outcome:award(),validity:{},governedBy:'request',...rest});
const pat=(p:string)=>({kind:'course',select:{kind:'pattern',pattern:p}});
for (const [n,k] of [[10,200],[30,200],[100,200]]) run(`overlaps ${n} ${k}`, {kind:'inline',institutions:inst(2),programme,rules:Array.from({length:n!},(_,r)=>rule(`r${r}`,{kind:'atLeast',courses:3,of:[pat('CS*')]})),completions:comps(k!)});
