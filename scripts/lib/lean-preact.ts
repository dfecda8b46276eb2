/**
 * Preact without what the widget never uses: hydration, suspense, class components, state and hooks, portals, MathML,
 * `dangerouslySetInnerHTML`, options, refs, `style`, events on their way down, attributes that no element here has. More
 * than half of its bytes, on every visitor's way to a form. What is left is Preact's own text: `h`, `Fragment`, `render`,
 * keys, events, SVG; components are functions of their props.
 *
 * The cuts know the text of one release. Another release, or an import of something that is cut, ends the build: then
 * take the plugin out of the build, which works without it, and see what the size says.
 */
import type { Plugin } from "vite";

const MODULE = /[\\/]preact[\\/]dist[\\/]preact\.mjs$/;
/** What an import would ask for in vain. */
const CUT =
  /import[^;]*\b(Component|createContext|createPortal|hydrate|options)\b[^;]*"preact"|"preact\/(hooks|compat)/;

/** The same of an element. */
const CUT_PROPS = /\s(ref|style|width|height|download|rowSpan|colSpan|popover|is|default\w+|on\w+Capture)=[{"]/;

/** From the first text to the second, both of which are there once: replaced by the third, which repeats what stays. */
type Cut = [from: string, to: string, put: string];

const CUTS: Cut[] = [
  // Options: hooks into the renderer.
  ["return!o&&n.vnode&&n.vnode(e),e}", "", "return e}"],
  ["return u(n.event?n.event(r):r)}", "", "return u(r)}"],
  ["return(s=n.diffed)&&s(r),l}", "", "return l}"],
  ["n.__&&n.__(t,r),9==", "", "9=="],
  ["n={__e:", "e=Symbol()", "t=0,e=Symbol()"],
  ["n.__c&&n.__c(r,t),t.some(", "function F(t,r", "}function F(t,r"],
  ["catch(t){n.__e(t,u)}}function J", "", "finally{}}function J"],
  // Comments in the page that mark suspended trees, and portals.
  ["if(n.props.__P)return t;", "", ""],
  [
    "for(t&&!t.parentNode&&(t=S(n))",
    "function O(",
    "return t&&!t.parentNode&&(t=S(n))&&!t.parentNode&&(t=null),(o=n.__e)!=t&&" +
      "r.insertBefore(o,t||null),o.nextSibling}function O(",
  ],
  ['"function"!=typeof n.type||n.props.__P?null:S(n)', "", '"function"!=typeof n.type?null:S(n)'],
  // Components are functions of their props.
  ["128&u.__u&&(c=32&u.__u", 'n:if("function"==typeof V){', 'if("function"==typeof V){'],
  ["v=e.length;try{", "A=s&&s.type===$", "s=V(r.props),A=s&&s.type===$"],
  [",M.__P&&(s=l,f=(t=M.__P)", ",l=I(t,w(A)", ",l=I(t,w(A)"],
  ["c,a),M.__P&&(r.__e=null", "}else l=r.__e=F(", "c,a)}else l=r.__e=F("],
  [
    "if(n.unmount&&n.unmount(t),!(i=t.ref)",
    "if(i=t.__k)for(e=0",
    "if((i=t.ref)&&(!i.current||i.current==t.__e)&&G(i,null,r),i=t.__k)for(e=0",
  ],
  ["||u&&!t.props.__P);!u&&(i=t.__c)", "u||g(t.__e),t.__e=t.__c=t.__=null", "||u);u||g(t.__e),t.__e=t.__=null"],
  // Hydration: the tree is drawn into an empty element.
  [
    'if("svg"==C?f="http://www.w3.org/2000/svg":"math"',
    "if(!t){if(M=a.ownerDocument",
    '"svg"==C?f="http://www.w3.org/2000/svg":f=f||"http://www.w3.org/1999/xhtml";if(!t){if(M=a.ownerDocument',
  ],
  [",l&&(n.__m&&n.__m(r,o),l=!1),o=null}if(C){", "for(s in $)k=$[s],", "}if(C){for(s in $)k=$[s],"],
  ['"dangerouslySetInnerHTML"==s?y=k:"children"==s||s in x', "", '"children"==s||s in x'],
  ['"dangerouslySetInnerHTML"==s?h=k:"value"==s', "", '"value"==s'],
  [':l&&"function"!=typeof k||$[s]===k||', "", ":$[s]===k||"],
  ["h?(l||y&&(h.__html", "I(a,w(_)?_:[_]", 'C=="foreignObject"&&(f="http://www.w3.org/1999/xhtml"),I(t,w(_)?_:[_]'],
  [',o?o[0]:u.__k&&S(u,0),l,c),o&&o.some(g)),l&&"textarea"!=C||(s="value",', "", ',u.__k&&S(u,0),l,c),(s="value",'],
  ["else $===x||l&&t.data==x||(t.data=x)", "", "else $===x||(t.data=x)"],
  // Refs.
  ['"ref"==f&&"function"!=typeof n?i=t[f]:', "", ""],
  ["key:i,ref:f,", "", "key:i,"],
  ["(h.ref!=v.ref||8&h.__u)&&", "d=d||w", "d=d||w"],
  ["for(var i=0;i<u.length;)G(u[i++],u[i++],u[i++]);", "", ""],
  ["(i=t.ref)&&(!i.current||i.current==t.__e)&&G(i,null,r),", "", ""],
  // Styles as objects, events on their way down, attributes that are no properties.
  ['if("style"==t)', 'if("o"==t[0]', 'if("o"==t[0]'],
  ['f=t!=(t=t.replace(l,"$1")),', "", ""],
  ["l=/(PointerCapture)$|Capture$/i,", "", ""],
  [
    'if("http://www.w3.org/2000/svg"==i)t=t.replace',
    "t in n)",
    'if("http://www.w3.org/2000/svg"!=i&&"href"!=t&&"tabIndex"!=t&&"role"!=t&&t in n)',
  ],
  ['"popover"==t&&1==r?"":r', "", "r"],
  ["createElementNS(f,C,x.is?x:a)", "", "createElementNS(f,C)"],
  ["__e:null,__c:null,", "", "__e:null,"],
  ["9==r.nodeType&&(r=r.documentElement),", "", ""],
  ["E(f,r.__k,o),r.__k.props", "", "r.__k.props"],
  ['||"value"==s&&"defaultValue"in x||"checked"==s&&"defaultChecked"in x', "", ""],
  ['C=="foreignObject"&&', "I(t,w(_)", "I(t,w(_)"],
  ["i?null:r.firstChild?d.call(r.childNodes):null,f,i?i.__e:r.firstChild,u,o)", "", "null,f,i?i.__e:null,u,o)"],
  // What all of that was handed down by: contexts, queues, nodes to be hydrated, the document.
  ["function I(n,t,r,u,i,f,o,e,l,c,a)", "", "function I(n,t,r,u,f,l)"],
  ["_=z(n,v,h,i,f,o,e,l,c,a)", "", "_=z(n,v,h,f,l)"],
  ["function z(t,r,u,i,f,o,e,l,c,a)", "", "function z(t,r,u,f,l)"],
  [",r,u,i,f,o,e,l,c,a)}else l=r.__e=F(u.__e,r,u,i,f,o,e,c,a,t)", "", ",r,u,f,l)}else l=r.__e=F(u.__e,r,u,f)"],
  ["function F(t,r,u,i,f,o,e,l,c,a)", "", "function F(t,r,u,f)"],
  [
    "if(M=a.ownerDocument||document,!C)return M.createTextNode(x);t=M.",
    "",
    "if(!C)return document.createTextNode(x);t=document.",
  ],
  [",r,u,i,f,o,e,u.__k&&S(u,0),l,c)", "", ",r,u,f,u.__k&&S(u,0))"],
  ["i=(u=t&&32&t.__u)?null:r.__k", "", "i=r.__k"],
  [
    "f=[],o=[],z(r,r.__k,i||p,p,r.namespaceURI,null,f,i?i.__e:null,u,o)",
    "",
    "z(r,r.__k,i||p,r.namespaceURI,i?i.__e:null)",
  ],
  ["function J(t,r,u)", "", "function J(t,u)"],
  ["J(i[e],r,", "", "J(i[e],"],
  ["J(e,e)", "", "J(e)"],
  ["m(r,u,i,f,o){var e={", "", "m(r,u,i,o){var e={"],
  ["m(n,o,u,i,null)", "", "m(n,o,u,null)"],
  ["o.key,o.ref,o.__v", "", "o.key,o.__v"],
  ["function A(n,t,r,u)", "", "function A(n,t,r)"],
  ["A(v,l,n,!h.__v)", "", "A(v,l,n)"],
  ["A(i[f],t,r,!1)", "", "A(i[f],t,r)"],
  // When which listener was added: no element here hears an event that another one inside of it hears, too.
  ["(n.__a||(n.__a={}))[t]=c,", "", ""],
  ["if(u){if(u=u[t],null==r[e])", "return u(r)}}", "u&&u[t](r)}"],
  ["t=0,e=Symbol(),c=0,", "", "t=0,"],
  // Functions where no element here has one, and what is no function where one is heard with.
  ['&&"function"!=typeof o?("object"', "", '?("object"'],
  ['"function"!=typeof r&&(r=null),"function"!=typeof u&&(u=null),(n.', "", "(n."],
  ['if("function"==typeof r)return;null==r', "", "null==r"],
  // The frame has a namespace, and a progress bar always a value.
  ['f="http://www.w3.org/2000/svg":f=f||"http://www.w3.org/1999/xhtml";', "", '(f="http://www.w3.org/2000/svg");'],
  ['"svg"==C?', "", '"svg"==C&&'],
  ['"progress"==C&&null==b?t.removeAttribute(s):null==b||b===t[s]&&("progress"!=C||b)||', "", "null==b||b===t[s]||"],
];

function lean(code: string): string {
  for (const [from, to, put] of CUTS) {
    const at = code.indexOf(from);
    const end = code.indexOf(to, at + from.length);
    if (at < 0 || end < 0 || code.indexOf(from, at + 1) >= 0) throw new Error(`Preact has another text: ${from}`);
    code = code.slice(0, at) + put + code.slice(to ? end + to.length : at + from.length);
  }
  return code;
}

/** @throws where the text is not the one that the cuts know, or the widget imports what is cut. */
export function leanPreact(): Plugin {
  return {
    name: "lean-preact",
    enforce: "pre",
    transform(code, id) {
      if (MODULE.test(id)) return { code: lean(code), map: null };
      if (CUT.test(code) || (id.endsWith(".tsx") && CUT_PROPS.test(code)))
        throw new Error(`${id} needs more of Preact than the build leaves.`);
      return undefined;
    },
  };
}
