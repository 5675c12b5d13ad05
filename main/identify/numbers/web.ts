import type { Finder } from '../settle.ts';
import { findForm, SURE } from '../matching.ts';

/** Top-level domains people write without a scheme: generic ones (IANA root zone) ... */
const GENERIC =
  'com|org|net|edu|gov|mil|int|info|biz|name|pro|aero|coop|museum|jobs|mobi|travel|asia|cat|tel|xxx|app|dev|page|blog|shop|store|online|site|website|tech|cloud|health|care|clinic|hospital|doctor|dental|bank|email|news|media|agency|company|group|solutions|services|systems|software|digital|design|studio|world|club|life|live|xyz|top|icu|work|space|academy|school|university|church|legal|law|london|berlin|paris|nyc|wiki|ngo|foundation|global|international|network|social|support|zone|today|link|click|art|film|music|games|fun';
/** ... and those of countries (ISO 3166-1, as delegated). English words among them need more. */
const COUNTRY =
  'ac|ad|ae|af|ag|ai|al|ao|aq|ar|au|aw|ax|az|ba|bb|bd|bf|bg|bh|bi|bj|bm|bn|bo|br|bs|bt|bw|by|bz|ca|cc|cd|cf|cg|ch|ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|dz|ec|ee|eg|er|es|et|eu|fi|fj|fk|fm|fo|fr|ga|gd|ge|gf|gg|gh|gi|gl|gm|gn|gp|gq|gr|gs|gt|gu|gw|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|io|iq|ir|je|jm|jo|jp|ke|kg|kh|ki|km|kn|kp|kr|kw|ky|kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|mu|mv|mw|mx|mz|na|nc|ne|nf|ng|ni|nl|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt|pw|py|qa|re|ro|rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sk|sl|sm|sn|so|sr|ss|st|su|sv|sx|sy|sz|tc|td|tf|tg|th|tj|tk|tl|tm|tn|tr|tt|tv|tw|tz|ua|ug|uk|us|uy|uz|va|vc|ve|vg|vi|vn|vu|wf|ws|ye|yt|za|zm|zw';
const END = String.raw`[^\s"'<>()[\]{}.,;:!?，。；：！？、）】」』”’]`;
const INNER = String.raw`[^\s"<>[\]{}，。；！？、）】」』”]`;
const LABEL = String.raw`[\p{Script=Latin}\p{N}](?:[\p{Script=Latin}\p{N}-]{0,61}[\p{Script=Latin}\p{N}])?`;

const WITH_SCHEME = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}])(?:https?|ftps?|sftp|ssh|file|wss?)://${INNER}{0,2000}(?<=${END}|/)`,
  'giu',
);
const WITH_WWW = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}@.-])www\d?\.(?:${LABEL}\.){1,5}\p{Script=Latin}{2,24}(?:[:/?#]${INNER}{0,2000}(?<=${END}|/))?`,
  'giu',
);
const BARE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}@./_-])(?:${LABEL}\.){1,5}(?:${GENERIC}|${COUNTRY})(?![\p{Script=Latin}\p{N}@_-]|\.[\p{Script=Latin}\p{N}])(?:(?::\d{2,5})?[/?#]${INNER}{0,2000}(?<=${END}|/))?`,
  'giu',
);
/** "etc.no" and "Dr.me" are a missing blank, not a domain: these ends need a domain-like label. */
const WORDLIKE = /\.(?:is|in|it|no|so|to|as|at|be|by|do|me|my|us|am|an|go|id|la|st|co|md)$/i;
const ABBREVIATED = /^(?:e\.g|i\.e|a\.m|p\.m|etc|dr|mr|mrs|ms|vs|no|st|u\.s|ph\.d|b\.sc|m\.d)\./i;

/** Addresses on the web: with a scheme (RFC 3986), from www., and bare domains under a real end. */
export const findUrl: Finder = (text) => [
  ...findForm(text, 'URL', WITH_SCHEME, () => SURE.checked),
  ...findForm(text, 'URL', WITH_WWW, () => SURE.checked),
  ...findForm(text, 'URL', BARE, (value) => {
    const host = value.split(/[/?#:]/, 1)[0] ?? '';
    if (ABBREVIATED.test(host) || /^[\d.]+$/.test(host)) return null;
    if (WORDLIKE.test(host) && value === host && !/[\d-]|\..*\./.test(host)) return null;
    return value === host && /^\p{Lu}\p{Ll}/u.test(host) ? SURE.likely : SURE.announced;
  }),
];
