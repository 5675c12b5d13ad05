/**
 * Surnames in falling order of how common they are: the hundred of the name report of the Ministry
 * of Public Security for 2020 (about 85 % of all people), then other frequent ones, then rare ones of
 * the Hundred Family Surnames (a text of the Song dynasty) and later lists. Facts, no one's work.
 */
export const SURNAMES: readonly string[] = [
  '王李张刘陈杨黄赵吴周',
  '徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹',
  '彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤',
  '康温安洪施傅季鲁葛殷聂童牛樊路邢翟伍齐庞欧关柴焦左俞祝包宁尚阮符申翁颜尤詹倪柳毕骆凌岳舒耿管卞卓裴章费蒲解蓝屈梅甘辛涂游兰房柯霍祁冉麦盛窦苗项裘谷牟褚隋鲍单苟穆阎阳邬冼简饶瞿纪桂车滕宫敖曲佟占鄢桑娄乔晏狄米杭应宗丛边池靳荆栾官巫仇戚闵匡厉华查储冷刁习谈仝沙党文代古成艾艳',
  '伏皮伊暴戎祖景束幸司韶郜蓟印宿怀蔚索咸籍赖蔺屠蒙胥闻莘贡劳逄姬扶堵宰郦雍郤璩濮寿通扈燕冀郏浦农别庄晋阚慎戈庾终暨居衡步都国广禄阙东殴沃利越夔隆师巩厍勾融訾那曾毋乜养鞠须丰巢蒯相佘粟晁郇卜逯岑商余云计辜强支银初危班亓时全楼芦明和苍双贝臧伯奚裴郎昌鄂湛滑虞钮嵇邰井车侯乌焦弓牧隗山宓蓬郗仰秋仲红邴松富巴哈候洛问海种撒揭干萨图召才展',
];

/** Surnames of two characters. */
export const COMPOUND =
  '欧阳 上官 司马 诸葛 皇甫 东方 尉迟 公孙 慕容 令狐 司徒 夏侯 轩辕 长孙 宇文 端木 独孤 南宫 西门 闻人 申屠 呼延 澹台 公冶 拓跋 钟离 濮阳 完颜 纳兰 耶律 赫连 鲜于 太史 淳于 东郭 公羊 仲孙 宗政 单于 叱干 达奚 爱新觉罗 叶赫那拉';

/** Characters that are surnames but far more often words of grammar: they need a full name or a form. */
export const GRAMMAR =
  '于向和从别都应全时干成那相种须时方单代通当常问关解过边同双明安才展候富海查曲';
