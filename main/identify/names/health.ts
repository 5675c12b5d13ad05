import type { NameRule } from './rule.ts';

const health = (rule: Omit<NameRule, 'role'>): NameRule => ({ ...rule, role: 'sensitive' });

/**
 * Names of columns about health (GDPR articles 4(15) and 9; PIPL article 28). Names of medicines
 * are told by the stems of international nonproprietary names (WHO, The use of stems in the
 * selection of INN, 2018): whatever ends in -gliptin is one.
 */
export const HEALTH_NAMES: readonly NameRule[] = [
  health({
    id: 'diagnosis',
    en: /\b(diag\w*|dx|diseases?|disorders?|condition|icd( ?\d+)?|comorbid\w*|symptoms?|complaints?|hiv|aids|cancer|tumou?rs?|diabet\w*|stroke|asthma|hypertension|heart|cardi\w*|angina|chest pain|depress\w*|psych\w*|mental|disab\w*|allerg\w*|infect\w*|covid\w*|pregnan\w*|abort\w*|gravid\w*|parity|smok\w*|tobacco|alcohol|drink\w*|substance|addict\w*|vaccin\w*|pathology|histology|biops\w*|genetic|genes?|mutations?|genotype|pedigree|family history|medical history|special (education|needs)|death|mortality|blood (type|group))\b/u,
    zh: /诊断|疾病|病史|病种|症状|主诉|过敏|传染|残疾|吸烟|饮酒|妊娠|怀孕|孕周|血型|肿瘤|癌|死因|健康|既往/u,
  }),
  health({
    id: 'treatment',
    en: /\b(surger\w*|procedure (code|name)|therap\w*|treatments?|medicat\w*|medicines?|meds?|drugs?|prescri\w*|dose|dosage|rx|insulin|acarbose|miglitol|voglibose|aspirin|paracetamol|warfarin|morphine|digoxin|lithium|steroids?|chemo\w*|radiotherapy)\b/u,
    zh: /用药|药物|药品|处方|手术|治疗|医嘱|疗法|剂量/u,
  }),
  health({
    id: 'medicine-stem',
    en: /\b\w{2,}(formin|glipt[io]n|glinide|gliflozin|glitazone|statin|sartan|olol|cillin|mycin|prazole|tidine|tinib|oxetine|azepam|azolam|dronate|parin|xaban|profen|cycline|oxacin|semide|thiazide|dipine|triptan|setron|lukast|amide)\b|\b\w{3,}(?<!a)pril\b|\bgl[iy]\w+ide\b/u,
  }),
  health({
    id: 'measurement',
    en: /\b(bmi|body mass|height|weight|birthweight|waist|skin (fold|thickness)|blood (pressure|sugar|glucose|test)|sbp|dbp|systolic|diastolic|trestbps|bp|pulse|heart rate|thalach|spo2|oxygen saturation|respiratory rate|glucose|glu|fbs|a1c\w*|hba1c\w*|chol|cholesterol|hdl|ldl|triglycerides?|creatinine|albumin|bilirubin|ha?emoglobin|platelets?|wbc|rbc|egfr|serum|ecg|ekg|restecg|mri|lab (results?|values?)|vitals?|ejection fraction)\b/u,
    zh: /血压|收缩压|舒张压|血糖|血脂|胆固醇|检验|化验|检查结果|体温|脉搏|心率|体重|身高|视力|bmi|体质指数|血红蛋白|肌酐/u,
  }),
  health({
    id: 'specialty',
    en: /\b(speciali?ty|clinical department|ward type)\b/u,
    zh: /科室|科别|病区/u,
  }),
  health({
    id: 'clinical-abbreviation',
    amongHealth: true,
    en: /^(cp|ca|thal|slope|exang|oldpeak|hr|rr|temp|temperature|ph|na|k|los|stage|grade|gcs|ef|dose|sugar|ht|wt)$/u,
  }),
];
