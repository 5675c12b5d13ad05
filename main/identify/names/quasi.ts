import type { NameRule } from './rule.ts';

const quasi = (rule: Omit<NameRule, 'role'>): NameRule => ({ ...rule, role: 'quasi-identifier' });

/**
 * Names of columns that others can know or see of a person. The kinds are those of K. El Emam,
 * Guide to the De-Identification of Personal Health Information (2013), and of GB/T 37964-2019,
 * but for diagnosis, income, criminal history and belief: these are sensitive here, because law
 * protects them by themselves (GDPR articles 9 and 10; PIPL article 28).
 */
export const QUASI_NAMES: readonly NameRule[] = [
  quasi({
    id: 'postcode',
    type: 'POSTCODE',
    en: /\b(post ?code|postal( code)?|zip( ?code)?( \d)?|eircode|pin code)\b/u,
    zh: /邮编|邮政编码/u,
  }),
  quasi({
    id: 'birth-place',
    type: 'LOCATION',
    en: /\b((birth|native) (place|country|city|state)|(place|country|city) of birth)\b/u,
    zh: /出生地|籍贯|祖籍/u,
  }),
  quasi({
    id: 'birth',
    type: 'DATE',
    en: /\b(birth(?! ?weight)|dob|yob|born|birthday|birthdate|bday|csrq|chushengriqi)\b/u,
    zh: /出生(?!体重)|生日/u,
  }),
  quasi({
    id: 'age',
    type: 'AGE',
    en: /\b(age|ages|agegroup|senior citizen|nl|nianling)\b/u,
    zh: /年龄|岁数|周岁/u,
  }),
  quasi({
    id: 'event-date',
    type: 'DATE',
    en: /\b(dates?|datetime|timestamp)\b/u,
    zh: /日期|出院时间|入院时间|就诊时间/u,
  }),
  quasi({ id: 'sex', en: /\b(sex|gender|xb|xingbie)\b/u, zh: /性别/u }),
  quasi({
    id: 'origin',
    type: 'NRP',
    en: /\b(race|races|ethnic\w*|nationality|citizenship|immigra\w*|migrant|foreign\w*|languages?|mother tongue|ancestry|indigenous|caste|tribe|mz|minzu)\b/u,
    zh: /民族|国籍|种族|母语|语言|语种|侨/u,
  }),
  quasi({
    id: 'title',
    type: 'TITLE',
    en: /^(title|salutation|honorific|prefix)$/u,
    zh: /称谓|尊称/u,
  }),
  quasi({
    id: 'marital',
    en: /\b(marital|marriage|married|partner|civil status|personal status|hyzk)\b/u,
    zh: /婚姻|婚否|婚育/u,
  }),
  quasi({
    id: 'household',
    en: /\b(relationships?|household|family (size|members?|type)|dependents?|dependants?|children|parents|parch|siblings|sib sp|people liable|living (with|arrangements?|alone))\b/u,
    zh: /与?户主关系|家庭(人口|成员|人数|类型)|子女|独生|户别|户口(性质|类别|类型)/u,
  }),
  quasi({
    id: 'dwelling',
    en: /\b(housing|home owner\w*|dwelling|residence( since| type)?)\b/u,
    zh: /住房|居住(情况|年限|方式)|住校|寄宿/u,
  }),
  quasi({
    id: 'education',
    en: /\b((?<!special )education\w*|edu|homeroom|schooling|school|university|college|degree|qualification|grade level|class ?(room|name|no)|whcd|xueli)\b/u,
    zh: /学历|文化程度|教育|学位|班级|年级|学校|院系|专业|毕业/u,
  }),
  quasi({
    id: 'employer',
    type: 'ORGANIZATION',
    en: /\b(employer|company|work ?place|organi[sz]ation|institution|(hospital|clinic|bank) name)\b|^hospital$/u,
    zh: /工作单位|服务处所|单位(名称)?$|公司|医院|机构/u,
  }),
  quasi({
    id: 'work',
    en: /\b(occupation\w*|jobs?|profession|work type|employ(ed|ment)\b.*|work ?class|industry|department|dept|military|veteran|rank|zhiye)\b/u,
    zh: /职业|职务|职称|岗位|行业|部门|兵役|军人/u,
  }),
  quasi({
    id: 'place',
    type: 'LOCATION',
    en: /\b(district|city|town|village|county|province|state|region|country|municipality|neighbou?rhood|parish|prefecture|locality|location|census (tract|block)|lsoa|fips|suburb|borough)\b|^((home|work) )?(area|place)$/u,
    zh: /省份?$|[^超门菜]市$|^市$|区县|[县镇乡村]$|^区$|地区|城市|国家|乡镇|街道|社区|户籍|户口所在|所在地|居住地|来源地|生源地|行政区/u,
  }),
];
