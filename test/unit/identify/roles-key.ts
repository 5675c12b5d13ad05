import type { ColumnRole } from '../../../main/contract/identify.ts';

/**
 * What a data protection officer would say of each column, whatever the rules make of it.
 * direct: names or numbers of one person, case or record. quasi: what others can know of a person
 * (demographics, places, work, household, dates of events). sensitive: health, offences, money,
 * belief, assessments of the person. other: counts of use, codes of administration, technical ones.
 * Names of columns only; nothing of the data is copied.
 */
export type RolesKey = Readonly<Record<string, ColumnRole>>;

type Lists = Partial<Record<'direct' | 'quasi' | 'sensitive' | 'label' | 'other', string>>;

const ROLE_OF = {
  direct: 'direct-identifier',
  quasi: 'quasi-identifier',
  sensitive: 'sensitive',
  label: 'label',
  other: 'other',
} as const;

function key(lists: Lists): RolesKey {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([list, names]) =>
      names
        .trim()
        .split(/\s+/u)
        .map((name) => [name, ROLE_OF[list as keyof typeof ROLE_OF]]),
    ),
  );
}

/** By file below the folder of tabular reference data. */
export const TABULAR_KEYS: Readonly<Record<string, RolesKey>> = {
  'adult/adult.csv': key({
    quasi:
      'age workclass education education_num marital_status occupation relationship race sex native_country',
    sensitive: 'capital_gain capital_loss',
    label: 'income',
    // A weight of the survey, hours of work, and which part of the split.
    other: 'fnlwgt hours_per_week split',
  }),
  'compas/compas-two-years.csv': key({
    direct: 'row_id',
    quasi: `compas_screening_date sex age age_cat race c_jail_in c_jail_out c_offense_date
      c_arrest_date r_offense_date r_jail_in r_jail_out vr_offense_date screening_date
      v_screening_date in_custody out_custody`,
    sensitive: `juv_fel_count decile_score juv_misd_count juv_other_count priors_count
      days_b_screening_arrest c_charge_degree c_charge_desc is_recid r_charge_degree
      r_days_from_arrest r_charge_desc is_violent_recid vr_charge_degree vr_charge_desc score_text
      v_decile_score v_score_text`,
    label: 'two_year_recid',
    // violent_recid is empty; type_of_assessment says the same in every row.
    other:
      'c_days_from_compas violent_recid type_of_assessment v_type_of_assessment start end event',
  }),
  'diabetes-130/diabetic_data.csv': key({
    direct: 'encounter_id patient_nbr',
    quasi: 'race gender age',
    // 'change' is a change of the medicines: only its code book says so.
    sensitive: `weight medical_specialty diag_1 diag_2 diag_3 max_glu_serum A1Cresult metformin
      repaglinide nateglinide chlorpropamide glimepiride acetohexamide glipizide glyburide
      tolbutamide pioglitazone rosiglitazone acarbose miglitol troglitazone tolazamide examide
      citoglipton insulin glyburide-metformin glipizide-metformin glimepiride-pioglitazone
      metformin-rosiglitazone metformin-pioglitazone change diabetesMed`,
    label: 'readmitted',
    other: `admission_type_id discharge_disposition_id admission_source_id time_in_hospital
      payer_code num_lab_procedures num_procedures num_medications number_outpatient
      number_emergency number_inpatient number_diagnoses`,
  }),
  'german-credit/german-credit.csv': key({
    quasi:
      'employment_since personal_status_sex residence_since age housing job people_liable foreign_worker',
    sensitive: `checking_status credit_history credit_amount savings installment_rate other_debtors
      property other_installment_plans existing_credits`,
    label: 'class',
    // telephone says whether there is one.
    other: 'duration_months purpose telephone',
  }),
  'heart-cleveland/heart-cleveland.csv': key({
    quasi: 'age sex',
    sensitive: 'cp trestbps chol fbs restecg thalach exang oldpeak slope ca thal',
    label: 'num',
  }),
  'pima-diabetes/pima-diabetes.csv': key({
    quasi: 'age',
    sensitive: 'pregnancies glucose blood_pressure skin_thickness insulin bmi diabetes_pedigree',
    label: 'outcome',
  }),
};

export const CLINIC_KEY = key({
  direct: '病历号 姓名 身份证号 联系电话 家庭住址 医保卡号 备注',
  quasi: '性别 年龄 出生日期 邮编 就诊日期 民族 职业',
  sensitive: '就诊科室 诊断 主诉 收缩压 空腹血糖 用药 总费用',
  label: '是否再入院',
  other: '就诊次数 医保类型',
});

export const REGISTER_KEY = key({
  direct: '户号 姓名 曾用名 公民身份号码 住址 手机号',
  quasi: '与户主关系 性别 出生日期 民族 籍贯 文化程度 婚姻状况 职业 服务处所 兵役状况 户口所在地',
  sensitive: '宗教信仰 血型 身高',
  other: '打印标记',
});

export const SCHOOL_KEY = key({
  direct: '学号 学生姓名 家长姓名 家长电话 qq号',
  quasi: '性别 出生年月 班级 籍贯省份 是否住校 民族',
  sensitive: '语文成绩 数学成绩 是否低保 政治面貌 视力',
  label: '是否录取',
  other: '缺课次数',
});

/**
 * By names alone: columns of well known public tables and of forms as clinics, offices and schools
 * have them. Times of admission and numbers of pictures are told by their values, so some miss.
 */
export const NAME_KEYS: Readonly<Record<string, RolesKey>> = {
  mimic: key({
    direct: 'subject_id hadm_id icustay_id',
    quasi: 'admittime dischtime deathtime ethnicity language marital_status',
    sensitive: 'religion diagnosis',
    other: 'insurance',
    label: 'hospital_expire_flag',
  }),
  titanic: key({
    direct: 'PassengerId Name Ticket',
    label: 'Survived',
    other: 'Pclass Embarked',
    quasi: 'Sex Age SibSp Parch Cabin',
    sensitive: 'Fare',
  }),
  telco: key({
    direct: 'customerID',
    quasi: 'gender SeniorCitizen Partner Dependents',
    other: 'tenure MultipleLines InternetService Contract PaperlessBilling PaymentMethod',
    sensitive: 'MonthlyCharges TotalCharges',
    label: 'Churn',
  }),
  bank: key({
    quasi: 'age job marital education housing',
    sensitive: 'balance loan',
    other: 'contact day month duration campaign pdays previous poutcome',
    label: 'y',
  }),
  creditcard: key({
    direct: 'ID',
    sensitive: 'LIMIT_BAL PAY_0 BILL_AMT1 PAY_AMT1',
    quasi: 'SEX EDUCATION MARRIAGE AGE',
  }),
  hr: key({
    quasi:
      'Age Department Education EducationField Gender JobLevel JobRole MaritalStatus YearsAtCompany',
    label: 'Attrition',
    other: 'BusinessTravel EmployeeCount OverTime',
    sensitive: 'DailyRate HourlyRate MonthlyIncome PercentSalaryHike PerformanceRating',
    direct: 'EmployeeNumber',
  }),
  stroke: key({
    direct: 'id',
    quasi: 'gender age ever_married work_type Residence_type',
    sensitive: 'hypertension heart_disease avg_glucose_level bmi smoking_status',
  }),
  fhir: key({
    direct:
      'patientId givenName familyName mobilePhone medicareNumber addressLine generalPractitioner',
    quasi: 'birthDate postalCode deceasedDateTime managingOrganization maritalStatus',
  }),
  his: key({
    direct: '患者ID 主治医师 联系人电话 家属姓名 病理号 影像号',
    quasi: '入院日期 出院日期 床号 出生地 工作单位 邮政编码',
    sensitive: '入院诊断 过敏史 血型 手术名称 住院费用 化验结果',
    other: '付费方式 住院天数',
  }),
  pinyin: key({
    direct: 'xm sfzh lxdh jtdz',
    quasi: 'xb nl csrq mz hyzk whcd',
  }),
  hrzh: key({
    direct:
      '员工编号 姓名 银行卡号 紧急联系人 紧急联系人电话 社保卡号 公积金账号 邮箱 车牌号 护照号码',
    quasi: '部门 岗位 入职日期 学历 毕业院校 籍贯',
    sensitive: '基本工资 绩效评分 政治面貌 是否党员',
  }),
  school: key({
    direct: 'student_no first_name last_name guardian_name guardian_phone home_address',
    quasi: 'dob grade_level homeroom school_name zip ethnicity',
    sensitive: 'gpa free_lunch special_education math_score reading_score',
    other: 'absences',
  }),
  office: key({
    direct:
      'case_no applicant_name national_id passport_no address_line_1 phone_home email_address iban tax_number ip_address',
    quasi: 'nationality application_date household_size postcode employer_name job_title',
    label: 'decision',
    sensitive: 'income_monthly disability criminal_record',
  }),
};
