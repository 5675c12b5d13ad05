import type { ColumnRole } from '../../contract/identify.ts';

/** 第五步的界面文字；数字以排好的文本传入。 */
export const review = {
  open: '评审模型',
  noModelTitle: '还没有可评审的模型',
  noModel: '先用本研究的记录训练一个模型，然后再回到这里。',
  toStudy: '返回研究',

  groupsTitle: '要查看模型对哪些人群的表现？',
  groupsText: '评审使用模型没有学过的记录，衡量它有多少判断是正确的：既看全体，也分别看每个人群。',
  readingColumns: '正在读取各列',
  groupsLegend: '用来区分人群的列',
  groupsHint:
    '选择不应使人因此受到较差对待的列，例如性别、语言或地区。每选一列，评审就长几页，不重要的列不必选。不同取值很多的列（例如具体年龄）不在此列出。',
  groupsNone: '这些记录中没有可用来分组的列。评审只会说明模型对全体的表现，并注明没有查看人群。',
  roles: {
    'direct-identifier': '直接指明本人',
    'quasi-identifier': '缩小本人的范围',
    sensitive: '敏感',
    label: '真实结果',
    other: '没有特别的角色',
  } satisfies Record<ColumnRole, string> as Readonly<Record<ColumnRole, string>>,
  columnProposed: (about: string) => `${about}；本研究所属领域的建议`,
  column: (values: string, role: string) => `${values} 个不同的值；${role}`,
  start: '评审模型',
  startAll: '不分组评审',

  resultTitle: '模型有多准，对哪些人群准',
  straight: '直接查看报告',
  reading: '正在整理评审结果',
  next: '下一步',
  nextText: '在任何人使用模型之前，先阅读报告。报告包含以上全部内容，并说明模型和记录的情况。',
  toReport: '预览并保存报告',

  reportTitle: '报告和模型卡',
  reportText: '保存的内容如下。报告供决策者阅读，模型卡供运行模型的人员阅读。',
  what: '文档',
  documents: { report: '报告', 'model-card': '模型卡' },
  language: '文档的语言',
  languageHint: '可以与界面的语言不同。',
  preview: '文档预览',
  saveHtml: '保存为网页',
  savePdf: '保存为 PDF',
  saving: '正在保存',
  printing: '正在生成页面，需要几秒钟。',
  fileName: (study: string, what: 'report' | 'model-card', date: string) =>
    `${study} - ${what === 'report' ? '报告' : '模型卡'} ${date}`,

  savedTitle: '已保存',
  savedAs: (file: string) => `已保存为文件“${file}”。`,
  savedNextTitle: '接下来要做什么',
  savedNext: [
    '模型尚未获准使用：把文档交给没有参与训练的评审人。目前由评审人在“审批”一栏手写签字；程序内的签字功能尚未提供。',
    '把签过字的纸质文件与电子文件一起保存。保险库的日志记有文档的指纹，可以分辨改动过的副本。',
  ],
  savedOpen: '文件在保险库之外：没有加密，拿到的人都能阅读。其中只有关于人群的数字，没有单条记录。',
  fingerprint: '文档的指纹（SHA-256）',
  backToReport: '返回报告',
};
