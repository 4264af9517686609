//! The words that tell what a decision amounts to: tables a reader of Danish can correct.
//!
//! All patterns are read against lower-case text.

use crate::model::Outcome;

/// Decisions that are nothing but a formula, as most are: known without looking further. Lower case, without the full stop.
pub(super) const FORMULAS: [(&str, Outcome); 20] = [
    ("godkendt", Outcome::Approved),
    ("godkendt som indstillet", Outcome::Approved),
    ("indstillingen blev godkendt", Outcome::Approved),
    ("indstillingen blev tiltrådt", Outcome::Approved),
    ("indstillingen er tiltrådt", Outcome::Approved),
    ("indstillingen godkendt", Outcome::Approved),
    ("indstillingen tiltrådt", Outcome::Approved),
    ("referatet blev godkendt", Outcome::Approved),
    ("referatet godkendt", Outcome::Approved),
    ("tiltrådt", Outcome::Approved),
    ("vedtaget", Outcome::Approved),
    ("orienteringen blev taget til efterretning", Outcome::Noted),
    ("orienteringen taget til efterretning", Outcome::Noted),
    ("taget til efterretning", Outcome::Noted),
    ("taget til orientering", Outcome::Noted),
    ("til efterretning", Outcome::Noted),
    ("udvalget tog orienteringen til efterretning", Outcome::Noted),
    ("drøftet", Outcome::Discussed),
    ("punktet blev drøftet", Outcome::Discussed),
    ("sagen blev drøftet", Outcome::Discussed),
];

/// Another body, at most one word before it (`Teknisk Udvalg`) and the parts of a double name.
macro_rules! body {
    () => {
        r"(?:\p{L}+-,? (?:og )?)*(?:\p{L}+ )?\p{L}*(?:udvalg|råd|bestyrelse)(?:et|en?)?\b"
    };
}

/// A party's or a list's name.
macro_rules! party {
    () => {
        r"(?:venstre|socialdemokrat\p{L}*|(?:det )?konservative(?: folkeparti)?|(?:det )?radikale(?: venstre)?|socialistisk folkeparti|kristendemokraterne|enhedslisten|dansk folkeparti|liberal alliance|nye borgerlige|alternativet|danmarksdemokraterne|moderaterne|sf|\p{L}*listen|liste \p{L}{1,2})"
    };
}

/// Outcome and the phrases that tell it, read from the top.
pub(super) const PHRASES: [(Outcome, &str); 8] = [
    (
        Outcome::Amended,
        concat!(
            r"\b(?:godkend\p{L}*|tiltråd\p{L}*|tiltræde\p{L}*|vedtag\p{L}*|vedtog|fulgt|fulgte|følges)\b.*(?:",
            r"\bmed (?:(?:den|de|det|følgende|flg\.?|en|et|enkelte|få|nogle|mindre|små|ovenstående|nedenstående|faldne|\p{L}+s|\p{L}+ede) ){0,3}(?:ændring(?:er|en|erne)?|tilføjelser?|rettelser?|justering(?:er)?|præcisering(?:er)?)\b",
            r"|\bmed (?:den|de|det|følgende|en) \p{L}+ (?:ændring(?:er)?|tilføjelser?|rettelser?|justering(?:er)?|præcisering(?:er)?)\b",
            r"|\bmed (?:ændret|revideret) |\bmed undtagelse af\b|\bbortset fra\b|\bpå nær\b|\bundtagen\b|\bi (?:en )?(?:ændret|revideret|tilrettet|justeret) (?:form|udgave|version)\b|\bsom ændret\b",
            r"|\bdog (?:ikke (?:punkt|pkt)|(?:afvis|forkast|nedstem|afslå|udgå|udgik|udsæt|udsat)\p{L}* (?:(?:\p{L}+ ){1,3}(?:af|til|om) )?(?:punkt|pkt|indstilling \d)|således,? at|sådan,? at|ændres|rettes|uden|kun (?:for|i|til \p{L}+|vedr\p{L}*|punkt|pkt|delvist|så vidt)|med (?:den|det|de|et|en))\b|\bmen (?:uden|ikke) (?:punkt|pkt|§|de[nt]?\b|delen|afsnit)|\bmen kun (?:for|i|til|fra|vedr\p{L}*|punkt|pkt|så vidt)\b|\bminus (?:punkt|pkt)|\b(?:idet|men) (?:\p{L}+ ){1,2}(?:\d+ )?(?:udskydes|udsættes|udgår|udtages|ændres|rettes|nedsættes|reduceres|forhøjes|hæves|forlænges|forkortes)\b)",
        ),
    ),
    (
        Outcome::Rejected,
        concat!(
            r"\bforkast(?:et|es|ede|er)\b|\bnedstem(?:t|te|mes)\b|\bafvis(?:t|es|te|er|ning)\b|\bafslås\b|\bafslået\b|\bafslog\b|\bafslag\b|\b(?:beslutte(?:t|de|r)|vedtog|vedtaget|vedtages|valgte)(?: enstemmigt| derfor| herefter)?(?: med \d+ stemmer (?:for og \d+ i?mod|i?mod \d+|for)(?:, hvor [^,]{1,80},)?)? (?:at (?:afslå|afvise|forkaste|nedstemme)|ikke at gå videre)\b",
            r"|\bk(?:an|unne) ikke anbefale[sr]?\b|\banbefale[srt] ikke\b|\bfraråde[rs]\b|\bikke (?:nyde )?fremme\b|\b(?:ingen|ikke) opbakning\b|\b(?:ikke støtte[st]|støttes ikke)\b|\b(?:\p{L}*udvalget|\p{L}*rådet|kommunalbestyrelsen|bestyrelsen) (?:k(?:an|unne) ikke (?:støtte|bakke op|tilslutte sig)|støtte(?:r|de) ikke)\b",
            r"|\bstem(?:t|tes|mes) ned\b|\b(?:ansøgning|tilladelse|dispensation|anmodning|fremme)\p{L}* (?:blev |)nægte[ts]\b|\bikke (?:\p{L}+ )?til følge\b|\befterkommes ikke\b|\bikke efterkomme[st]\b|^(?:et )?flertal\b(?:[^,]|, \p{L}{1,2}\b){0,80}\bstemte i?mod\b",
            r"|(?:forslag|indstilling)(?:et|en)? (?:\p{L}+ ){0,3}(?:faldt|bortfald(?:er|t))\b|\b(?:forslag|indstilling)(?:et|en)? (?:[^.]{0,60} )?er (?:\p{L}+ ){0,2}(?:bort)?faldet\b|\bs(?:iger|agde) nej(?: til\b|\.?$)|\bikke flertal\b|\bikke (?:\p{L}+ )?tilslutning til\b",
            r"|\b(?:ikke|ej) (?:at |kan |kunne |blev |er )?(?:godkend(?:t|es|e)|tiltr(?:ådt|ædes|æde)|ved(?:taget|tages|tage)|imødekom(?:met|mes|me)|bevilge[ts]?|fulgt|følges|følge indstilling\p{L}*|tage[ts]? til efterretning)\b|\btog ikke (?:\p{L}+ )?til efterretning\b",
            r"|\bikke (?:at )?(?:give|meddele)[st]? (?:dispensation|tilladelse)\b|\b(?:dispensation|tilladelse)n? (?:gives|meddeles) ikke\b|\b(?:give[rs]|yde[rs]|får|fik) ikke (?:\p{L}+ )?(?:tilskud|tilsagn)\b|\b(?:give[rs]|gav|meddele[rs]|meddelte) ikke (?:\p{L}+ ){0,2}?(?:dispensation|fritagelse|samtykke|\p{L}*tilladelse)\b|\bønske[rd]e? ikke at (?:gå videre|støtte)\b|\btilslut(?:ter|tede) sig ikke\b",
            r"|\b(?:godkendes|tiltrædes|imødekommes|vedtages|følges|bevilges|godkendtes|tiltrådtes|vedtoges|imødekommedes|imødekom|bevilgede|bevilgedes|fulgtes|godkendte|tiltrådte|vedtog|fulgte|godkender|tiltræder|imødekommer|følger) ikke\b",
        ),
    ),
    (
        Outcome::Postponed,
        concat!(
            r"^udsat(?:tes)?\b|\b(?:sagen|punktet|emnet|behandlingen|beslutningen|afgørelsen) udsattes\b|^(?:udg(?:ik|år)|bortfald(?:er|t|et)|trukket|aflyst)\b|\b(?:punktet|sagen) (?:er |blev |)aflyst\b|^(?:(?:punktet|sagen|emnet) )?(?:overføres|overført|flyttes|flyttet) til (?:det )?(?:næste|kommende|mødet)\b|^(?:punktet|sagen|emnet) behandles (?:igen )?på (?:det )?næste møde\b|\b(?:sagen|punktet|emnet) (?:er |)bortfald(?:er|t|et)\b|\b(?:blev|er|bliver|sagen|punktet|punkt \d+|sag \d+|behandling(?:en)?|beslutning(?:en)?|afgørelse(?:n)?|og) udsat\b|\budsat til\b",
            r"|\budsættes(?: til|\.|,|$| og| med| på grund| pga| indtil| af hensyn)|\b(?:udsætter|udsatte|at udsætte) (?:sagen|punktet|emnet|behandlingen|beslutningen)",
            r"|\budsk(?:ydes|udt|yder|ød)\b|\bat udskyde (?:sagen|punktet|emnet|behandlingen|beslutningen)|\bgenoptages\b|\b(?:sagen|punktet|emnet) optages (?:igen|på ny)\b|\bstand ?by\b|\bi bero\b",
            r"|\b(?:sag(?:en)?(?: \d+)?|punktet) udg(?:år|ik)\b|\b(?:sagen|punktet) (?:blev |)(?:tages|taget) af\b|\b(?:tilbagesend(?:t|es)|send(?:t|es) (?:tilbage|retur)) til (?:forvaltningen|administrationen|fornyet)\b|\b(?:taget|tages|tog) af dagsordenen\b|\bat tage (?:sagen|punktet) af dagsordenen\b|\binden endelig behandling\b",
            r"|^afventer\b|\b(?:punktet|sagen) (?:blev |er |)(?:fjernet|fjernes|trukket|trækkes|udtaget|udtages)\b|\bbehandlingen (?:af \p{L}+ )?fortsætte[rs]\b|\budsættelse (?:af \p{L}+ )?(?:blev |er |)(?:vedtaget|godkendt|tiltrådt|besluttet)\b",
            r"|^(?:sagen )?hjemvis(?:t|es)\.?$|\bhjemvis(?:t|es|er|te) (?:sagen )?til (?:forvaltningen|administrationen|fornyet)\b|\bat sende (?:sagen|punktet|forslaget) tilbage til (?:forvaltningen|administrationen|fornyet)\b",
            r"|\b(?:punktet|sagen|emnet) (?:\p{L}+ ){0,5}overføres til (?:det |et )?(?:næste|kommende)\b|\b(?:punktet|sagen|emnet) blev ikke (?:nået|behandlet(?:\.|$| på grund| pga| grundet| af tids))|^(?:ikke|ej) behandlet\b|\b(?:punktet|sagen|emnet) nåede ikke at blive behandlet\b|^udgået\.?$",
        ),
    ),
    (
        Outcome::Appointed,
        concat!(
            r"\b(?:gen)?valgt(?:e)?(?: \p{L}+){0,5} (?:som|til)\b|\bblev (?:enstemmigt |igen )?(?:gen)?valgt\b|^(?:\p{L}+ ){1,3}(?:\(\p{L}+\) |)(?:gen)?valgt\.?$|\bvalgt blev\b|\bvalgt for resten\b|\b(?:gen)?valgtes\b|, at (?:\p{L}+\.?,? ){1,8}er (?:gen)?valgt\b|\bvælge[sr](?: \p{L}+){0,5} (?:som|til)\b|\budpeg(?:et|es|er|edes?)\b",
            r"|\bpege(?:r|de) på\b[^.]+\bsom\b|\btil (?:\p{L}+ )?(?:næst)?(?:formand|medlem|suppleant|repræsentant)\p{L}* (?:vælges|valgtes|udpeges)\b",
            r"|\bkonstituere\p{L}*\b|\btilmeldes\b|\bbestår af\s*:|\bat være medlem(?:mer)? af\b|\bindtræder i\b|\ber (?:ny )?formand\b|\bformand blev\b|\bnye medlemmer\s*:",
        ),
    ),
    (
        Outcome::Referred,
        concat!(
            r"^(?:kan )?anbefale[st]\b|\b(?:indstilling(?:en)?|sagen|forslaget|punktet) anbefale[st]\b|\banbefaler (?:\p{L}+s )?(?:indstilling(?:en)?|sagen|forslaget)\b",
            r"|\banbefales (?:godkendt|til godkendelse|tiltrådt|vedtaget)|\banbefale[rst] (?:\p{L}+ ){0,4}over ?for\b",
            r"|\banbefaler,? (?:at |til )?",
            body!(),
            r"|\banbefaler til\b|^indstilles\.?$|^fremsend(?:t|es)(?:\.?$| med anbefaling)|^overgår til [12]\. ?behandling",
            r"|\bbeslutte(?:t|de|r) at (?:anbefale|indstille) (?:til |over ?for |(?:\p{L}+s )?(?:indstilling(?:en)?|sagen|forslaget)\b|",
            body!(),
            r")",
            r"|\bindstilles? (?:godkendt|tiltrådt|vedtaget|til godkendelse)|\bindstiller,? at ",
            body!(),
            r"|\b(?:udvalget|magistraten|\p{L}*udvalget|\p{L}*rådet|bestyrelsen|\p{L}{1,3}u) (?:anbefaler|indstiller),? at (?:\p{L}+ ){1,6}?(?:godkendes|tiltrædes|vedtages|følges|bevilges|frigives)\b|\bindstille[sr] til godkendelse\b|\bindstille[sr] til (?:\p{L}+-?,? (?:og )?)*?\p{L}*(?:udvalg|råd|bestyrelse)\p{L}*",
            r"|\b(?:over|videre)sende[sr]\b|\b(?:over|videre)sendt\b|\bfremsend(?:t|es|er) (?:sagen )?(?:videre )?til ",
            body!(),
            r"|\b(?:tilbagesend(?:t|es)|send(?:t|es) tilbage) til (?:\p{L}+ ){0,4}?(?:\p{L}*udvalg|\p{L}*råd|bestyrelse)(?:et|en)?\b|\bat henvise (?:sagen|punktet|forslaget|indstillingen) til\b|\bhenvis(?:t|es) til\b|\bhenvis(?:er|te) (?:sagen|punktet|forslaget) til\b|\b(?:sagen|forslaget|punktet) (?:indgår i|overgår til) (?:\p{L}*budget\p{L}*|[12]\. ?behandling)|\b(?:sagen|punktet) overføres til ",
            body!(),
            r"|\bsend(?:t|es|er) (?:sagen )?(?:videre )?til (?:\p{L}+ )*?(?:behandling|godkendelse|udtalelse|byråd\p{L}*|kommunalbestyrelse\p{L}*|økonomi\p{L}*)|\bsendes videre til\b",
            r"|\bat (?:over|videre)?sende (?:sagen|forslaget|punktet|indstillingen) (?:videre )?til (?:(?:fornyet )?behandling|udtalelse|drøftelse)\b|\bat (?:over|videre)?sende (?:sagen|forslaget|punktet|indstillingen) (?:videre )?til ",
            body!(),
            r"|\bhjemvis(?:t|es) til ",
            body!(),
            r"|\b(?:sagen|punktet|forslaget) (?:\p{L}+ )?forelægges (?:for )?",
            body!(),
            r"|^(?:(?:sagen|punktet|forslaget|indstillingen) )?(?:send(?:t|es)|gives|går) (?:videre )?til ",
            body!(),
        ),
    ),
    (
        Outcome::Approved,
        concat!(
            r"\bgodkend(?:t|te|tes|er|es)\b|\btiltråd(?:t|te|tes)\b|\btiltræde[sr]\b|\bvedtag(?:et|es)\b|\bvedtog(?:es)?\b|\bbevilge(?:t|s|de)\b|\bimødekomme[ts]\b",
            r"|\b(?:kan|at) (?:godkende|tiltræde|vedtage|imødekomme)\b|\bsom indstillet\b|^(?:som|efter|i henhold til) (?:\p{L}+s )?indstilling(?:en)?\.?$|\bbifald(?:t|es)\b",
            r"|\bnyder fremme\b|\btage[ts] til følge\b|\b(?:tilslutning|opbakning) til (?:indstilling|forslag|plan|ansøgning)|\b(?:kan|kunne|at) tilslutte sig\b|\baccepter(?:et|es|er|ede)\b|\bs(?:iger|agde) ja til\b|\bgrønt lys\b|\befterkomme[ts]\b|\bstøttes\b|\bstøtte(?:r|de) (?:indstillingen|forslaget|ansøgningen)\b|\bsende (?:\p{L}+ ){0,3}i (?:offentlig )?høring\b|^(?:et )?flertal\b.{0,80}\bstemte for\b",
            r"|\bindstilling(?:en|erne)? (?:blev |er |)(?:fulgt|følges)\b|\bføl(?:ger|gte) (?:\p{L}+s )?indstilling|\bfulgte (?:\p{L}+s )?indstilling",
            r"|\btilslut(?:ter|tede) sig (?:\p{L}+s )?(?:indstilling|forslag)",
            r"|\bat følge (?:\p{L}+s )?indstilling|\bi overensstemmelse med (?:\p{L}+s )?indstilling|\benige? (?:i|om) (?:indstillingen|forslaget)\b|\bbakke[rd]e? op om (?:indstillingen|forslaget)\b",
            r"|\b(?:give[rs]|gav|gives|meddele[rs]|meddelte)(?: hermed| derfor| en| den| midlertidig\p{L}*| ansøgte| ønskede)* (?:dispensation|fritagelse|samtykke|\p{L}*tilladelse)\b|\b(?:ud)?send(?:es|t) i (?:offentlig )?høring\b|^der (?:gives|ydes) (?:\p{L}+ )?(?:tilskud|tilsagn)\b|\bbevilling(?:en)? (?:gives|blev givet)\b|\b(?:dispensation|\p{L}*tilladelse)n? (?:gives|givet|meddeles|meddelt)\b|\bbeslutte(?:t|de|r) at (?:give|meddele) (?:\p{L}+ ){0,2}?(?:dispensation|\p{L}*tilladelse)\b",
            r"|\b(?:fik|får|tildel(?:t|es)|ydes|støttes med) (?:\p{L}+ ){0,3}\d[\d.,]* ?(?:kr|mio|kroner)",
        ),
    ),
    (
        Outcome::Noted,
        r"\btil efterr?etning\b|\btil orientering\b|\btil underretning\b|\bnotere(?:r|de) sig\b|^noteret\b|\bad notam\b",
    ),
    (
        Outcome::Discussed,
        r"drøftelsen? (?:er |blev |)afholdt\b|\bdrøft(?:et|edes?|es|else|elsen|elser)\b|\bdiskutere(?:t|de|s)\b|\bdebattere(?:t|de)\b|^der var en (?:\p{L}+ )?debat\b",
    ),
];

/// A change that was itself voted on; one of the words of [`CHANGES`] is in each. They are sought beside the table's row, whose
/// sentences are many more.
pub(super) const CHANGED: &str = concat!(
    // Any words but "ikke" between.
    r"\bændringsforslag(?:et)? (?:(?:[^i .]\S*|i|i[^k]\S*|ik[^k]\S*) ){0,14}?(?:vedtaget|godkendt|tiltrådt)\b",
    r"|\bændrede (?:forslag|indstilling|plan)\p{L}* (?:(?:[^i .]\S*|i|i[^k]\S*) ){0,3}(?:vedtaget|godkendt|tiltrådt)\b|\bafgives med (?:følgende|den|de) (?:tilføjelse|ændring|rettelse)\p{L}*",
);

/// See [`CHANGED`].
pub(super) const CHANGES: &str = "ændringsforslag|ændrede|afgives";

/// A phrase that stands right after one of these is not what was decided.
pub(super) const NOT_AFTER: [&str; 13] = [
    "ikke",
    "ej",
    "kommet",
    "modtaget",
    "eventuelt",
    "om",
    "ikke blev",
    "ikke gives",
    "ikke give",
    "ikke meddeles",
    "ikke meddele",
    "gives ikke",
    "meddeles ikke",
];

/// One of these stands in each match of [`SIDE_MOTION`].
pub(super) const SIDE_MOTION_CUE: &str =
    "forslag|foreslog|foreslår|begærede|mindretal|indsigelse|kan ikke|kunne ikke|alternativ|udsætte";

/// A motion beside the recommendation, which was only put or was turned down: it leaves the recommendation as it is.
pub(super) const SIDE_MOTION: &str = concat!(
    r"^alternativ\p{L}* (?:indstilling|forslag)\p{L}*\b.*(?:forkast|nedstemt|faldt|afvist|bortfaldt)|\bafvis(?:te|er|t)\b.* at udsætte|\budsættelse\b.*\b(?:afvist|afvises|forkastet|nedstemt|ikke (?:vedtaget|godkendt|tiltrådt|imødekommet))",
    r"|^(?:[\p{L}']+ ){0,3}(?:ændrings|mod)?forslag(?:et)?\b.*\bikke (?:vedtaget|godkendt|imødekommet|tiltrådt|støttet)",
    r"|^",
    party!(),
    r"(?:s gruppe)? k(?:an|unne) ikke\b|",
    r"ændringsforslag\p{L}* .*(?:forkast|nedstemt|faldt|afvist|bortfaldt)|^(?:[\p{L}'’]+ ){0,3}forslag(?:et)?\b.*(?:forkast|nedstemt|faldt|afvist|bortfaldt)|\b(?:foreslog|foreslår|stillede forslag|stiller forslag|begærede|mindretal\p{L}*|modforslag\p{L}*)\b|^indsigelse\p{L}*\b.*imødekom|^(?:\p{L}{1,2}|.{1,40} \(\p{L}{1,2}\)) k(?:an|unne) ikke\b",
);

/// A decision that asks another body to decide: what follows is asked for, and not decided, whatever it is.
pub(super) const ASKS: &str = r"^(?:det )?(?:indstilles|anbefales) (?:til|over ?for) [^,.]+?,? at\b|^(?:\p{L}+ ){1,4}(?:indstiller|anbefaler) (?:til|over ?for) [^,.]+?,? at\b|^\p{L}*udvalget (?:indstiller|anbefaler),? at (?:\p{L}+ ){1,8}?(?:afslås|afvises|forkastes|udsættes)\b|^(?:\p{L}+ )?indstille[rs] (?:\p{L}+ )?til afslag\b";

/// The same where what is asked for stands on lines of its own: `Teknisk Udvalg indstiller:`.
pub(super) const ASKS_BELOW: &str =
    concat!(r"^", body!(), r" (?:indstiller|anbefaler)(?: (?:til|over ?for) [^,.:]+)?[,:]?(?: at)?[,:]?$");

/// A motion to put the matter off that was carried.
pub(super) const CARRIED_OFF: &str = r"\bforslag(?:et)? om (?:udsættelse|(?:at )?udsætte (?:sagen|punktet|behandlingen)) (?:(?:[^i\s.,][^\s.,]*|i|i[^k\s.,][^\s.,]*) ){0,8}?(?:vedtaget|godkendt|tiltrådt)\b|\b(?:godkendte|tiltrådte) at (?:udsætte|udskyde) (?:sagen|punktet|emnet|behandlingen)\b";

/// One of these stands in each match of [`CARRIED_DOWN`].
pub(super) const CARRIED_DOWN_CUE: &str = "at afslå|at afvise|at forkaste|afslag";

/// What was adopted was to turn the matter down: `Det blev godkendt at afslå ansøgningen`.
pub(super) const CARRIED_DOWN: &str = r"\b(?:godkend(?:t|te|er|tes)|tiltråd(?:t|te|tes)|tiltræder),? at (?:afslå|afvise|forkaste|(?:give|meddele) (?:\p{L}+ )?afslag)\b";

/// The recommendation itself was turned down, whatever becomes of what was applied for.
pub(super) const NOT_FOLLOWED: &str = concat!(
    r"\bindstilling(?:en|erne)? (?:(?:blev|er|bliver|kan|kunne|følges|godkendes|tiltrædes|vedtages|enstemmigt|herefter|derefter|dermed) ){0,3}",
    r"(?:forkast\p{L}*|afvis(?:t|es|te)|nedstem\p{L}*|faldt|bortfald\p{L}*|ikke|ej)\b",
    r"|\b(?:ikke|ej|afviste|forkastede|afviser|nedstemte) (?:\p{L}+ ){0,3}?indstilling(?:en|erne)?\b",
);

/// How a sentence begins that tells what became of a motion told before it.
pub(super) const THE_MOTION: &str = "forslaget ";

/// That a motion told right before was carried: all of a sentence, in lower case.
pub(super) const CARRIES: &str = r"^(?:(?:dette|det|hvilket)(?: forslag)? (?:blev |er |var )?(?:herefter |enstemmigt ){0,2})?(?:godkendt|vedtaget|tiltrådt|imødekommet|godkendtes|vedtoges)(?: enstemmigt)?(?: med [^,]{1,80})?\W*$";

/// One of these stands in each match of [`DISSENT`].
pub(super) const DISSENT_CUE: &str = " ikke| ønske| fraråde| mod| imod| nej";

/// What somebody does who is against what was decided.
pub(super) const DISSENT: &str = concat!(
    r" (?:k(?:an|unne) ikke|(?:anbefaler|anbefalede|støtter|støttede|godkender|godkendte|tiltræder|tiltrådte|følger|fulgte|tilslutter sig|tilsluttede sig) ikke",
    r"|ønske[rd]e?|frarådede?|fraråder|stem(?:mer|te) (?:i?mod|nej))\b",
);

/// A part of who does so that is no person's full name, printed or in short; nothing at all stands for a name that was taken out.
pub(super) const VOICE: &str = concat!(
    r"^(?:(?i:",
    party!(),
    r"(?:s (?:byråds)?gruppe)?)|(?:[Ll]iste )?\p{Lu}{1,2}|[Ll]iste \p{Lu}|(?:(?:[Uu]dvalgs|[Bb]yråds|[Rr]åds)?[Mm]edlem(?:merne)?|(?:[Nn]æst)?[Ff]ormanden|(?:[Vv]ice)?[Bb]orgmester(?:en)?|[Mm]indretallet|[Rr]ådmand)?)$",
);

/// One of these stands in each match of [`ALL_BUT`].
pub(super) const ALL_BUT_CUE: &str = "undtage|på nær|bortset fra";

/// Who was not with the others, which changes nothing of what they decided: `af alle undtagen Venstre`, `bortset fra liste A`.
pub(super) const ALL_BUT: &str = concat!(
    r"\b(?:alle|samtlige)(?: \p{L}+){0,2} (?:undtagen|på nær|bortset fra|med undtagelse af)\b",
    r"|\b(?:undtagen|på nær|bortset fra|med undtagelse af) (?:",
    party!(),
    r"|[abcdfkmoqtuvæøå])(?:[,.)]|$| (?:og|som|der)\b)",
);

/// A motion turned down in the same sentence, before the recommendation's own fate, which is the group.
pub(super) const AFTER_MOTION: &str = r"^(?:\p{L}+ ){0,3}(?:ændrings)?forslag(?:et)?\b.*?\b(?:forkastet|nedstemt|afvist|faldt)\b.*?,(?: og| hvorefter| mens)? ((?:\p{L}+s )?indstilling)";

/// What was decided before, what others do, and what befell the meeting itself, is not what was decided now.
pub(super) const ASIDE: &str = r"\b(?:har|blev|er|var) tidligere\b|\btidligere (?:godkendt|besluttet|behandlet|vedtaget|udsat)\b|^mødet (?:blev|er|var)\b|^(?:administrationen|forvaltningen|sekretariatet)\b";

/// One of these stands in each match of [`REMARK`].
pub(super) const REMARK_CUE: &str =
    "bemærk|udtal|mene|mente|find|fandt|beklag|opfordre|vurdere|anfør|ført|protokol|særstandpunkt";

/// A party's or a member's own view, or words that stand in the minutes because somebody wanted it: no words of the body's.
pub(super) const REMARK: &str = concat!(
    r"^(?:",
    party!(),
    r"(?:s gruppe)?|[^.:]{1,40} \(\p{L}{1,2}\)|\p{L}{1,2}|mindretallet)(?: (?:og|samt) [^.:]{1,40}?)? (?:",
    r"(?:bemærke|mene|beklage|opfordre|vurdere)[rd]e?|mente|udtal(?:er|te)|find(?:er)|fandt|anfør(?:er|te)",
    r"|ønske[rd]e? [^.:]{0,40}?(?:ført|protokol\p{L}*)|afg(?:iver|av) [^.:]{0,30}?(?:udtalelse|bemærkning|erklæring)\p{L}*)\b",
    r"|^(?:protokol\p{L}*|mindretals\p{L}*|særstandpunkt|bemærkning\p{L}*|tilførsel)(?: (?:fra|af|til) [^:]{1,60})?:",
    r"|^(?:følgende )?ønskes (?:til|ind)?ført\b",
);

/// What should have been is nobody's decision.
pub(super) const WISHES: [&str; 4] = [" burde ", " bør ", " skulle ", " ville "];

/// The agenda of the meeting, adopted, up to what becomes of one of its points: the point's own item tells that.
pub(super) const AGENDA: &str = r"^((?:den (?:udsendte )?)?dagsorden(?:en)? (?:\p{L}+ ){0,3}?(?:godkend|tiltråd|vedtag)\p{L}+),? (?:idet|men|mens|dog(?: udgår| udsættes)?) (?:punkt|pkt|sag)\b";

/// A numbered or lettered part of what was proposed.
pub(super) const NUMBERED_PART: &str = r"\b(?:punkt|pkt\.?|nr\.|forslag|del|model) ?(?:\d|[a-h]\b)";

/// From these words on a sentence tells what somebody said, asked, expects or objects to, who was against it, or spells out what was adopted:
/// no words of the decision's own.
pub(super) const TELLING: &str = concat!(
    r"\borienter(?:ede|er|et) (?:om|fra)\b|\boplys(?:te|er|t),? (?:om|at)\b|\bfort(?:alte|æller)\b|\bnævnte\b|\bmeddel(?:te|er),? at\b|\bbemærke(?:r|s|des?)\b",
    r"|\bgjorde opmærksom\b|\bgør opmærksom\b|\bforvente[rs]\b|\bafvente[rs]\b|\bspurgt(?:e)?\b|\bhåber\b|\bhenvis(?:er|te) til,? at\b|\bunder forudsætning af,? at\b|\bpå (?:betingelse|vilkår) af,? at\b|\bforudsat,? at\b",
    r"|\b(?:bede[rs]?|bad|anmode[rd]e?|opfordre[rd]e?) (?:\p{L}+ ){0,3}?(?:om|til),? at\b|\bønske[rds]e? (?:\p{L}+ ){0,2}?(?:tilført|indført|ført til)\b",
    r"|\b(?:godkend|tiltråd)te? at\b|, hvor |, (?:som|der) kan |, (?:og|mens|idet|men) indsigelse",
    r"|, (?:idet|men|dog) [^,]{1,40}? (?:ikke k(?:an|unne)|k(?:an|unne) ikke)\b",
);

/// From these words on it is the decision's own again.
pub(super) const RESUMES: &str = concat!(
    r"(?:,? og|, hvorefter|;) (?:tog|tages|taget|drøft\p{L}+|godkend\p{L}+|tiltrådte?|vedtog|vedtaget|udsatte|besluttede|afslog)\b",
    r"|(?:, og|, hvorefter|;) (?:\p{L}*udvalget|\p{L}*rådet|kommunalbestyrelsen|indstillingen|orienteringen|sagen|punktet)\b",
);

/// What a recommendation or an application is about, up to the verb that says what became of it.
pub(super) const OBJECT: &str = r"\b(?:indstilling\p{L}*|forslag(?:et)?|ansøgning\p{L}*|anmodning\p{L}*) om (.*?)\b(?:blev|bliver|er|kan|godkend\p{L}+|tiltr[åæ]d\p{L}+|vedta\p{L}+|imødekom\p{L}+|afvis\p{L}+|afslå\p{L}+|forkast\p{L}+|udsæt\p{L}+|drøft\p{L}+|anbefal\p{L}+)\b";

/// After a short formula that only notes or discusses, a sentence counts when it begins with the matter or the body that decides.
pub(super) const OF_THE_MATTER: &str = concat!(
    r"^[^\p{L}]*(?:(?:herefter|derefter|efterfølgende|desuden|samtidig|dog|et flertal|et enigt) ?(?:blev |besluttede )?)?(?:",
    r"\p{L}*(?:indstilling|ansøgning|bevilling)\p{L}*|direktør\p{L}*s|forvaltningens|administrationens|sag(?:en)?|punkt(?:et)?|emnet|forslaget|referatet|dagsordenen",
    r"|\p{L}+planen blev|\p{L}*udvalget|\p{L}*rådet|kommunalbestyrelsen|bestyrelsen|det (?:blev|er|besluttes)|der (?:bevilges|gives|meddeles|var enighed)",
    r"|godkend\p{L}+|tiltr\p{L}+|vedtag\p{L}+|anbefale[st]|udsat|udsættes|udskudt|oversend\p{L}+|videresend\p{L}+|henvis\p{L}+|send(?:t|es)|afvis\p{L}+|forkast\p{L}+|ikke)\b",
);

/// Things that are chosen or pointed out without anybody getting a seat.
pub(super) const CHOSEN_THINGS: &str = r"\b(?:scenari\p{L}+|løsning\p{L}*|model(?:len)?|forslag(?:et)?|\p{L}*tema(?:er|et)?|\p{L}*områder?(?:ne)?|placering\p{L}*|alternativ\p{L}*|projekt(?:et|er)?|emner?|indsatser?)\b|\bvalgte? at\b";

/// How a sentence begins, or goes on, that is about a part of the recommendation only, in lower case.
pub(super) const PARTS: [&str; 5] = ["pkt", "punkt ", "ad ", "at 1", "indstillingens p"];

/// The same by its number: `Indstilling 2 udsættes`, `2. at godkendt`, `Andet at udsat`.
pub(super) const NUMBERED_POINT: &str = r"^(?:indstilling(?:en|ens|erne)?,? (?:(?:pkt\.?|punkt|nr\.?) ?)?\d|\d{1,2}\. ?at\b|(?:første|andet|tredje|fjerde|femte) (?:at|punkt|indstilling)\b|at (?:nr|pkt)\. ?\d)";

/// What a body decided besides noting or talking, up to what it decided to do. "Det blev besluttet, at Lars følger op" is an agreement
/// among those who talked.
pub(super) const BESIDES: &str = r"\b(?:besluttede|beslutter)\b[^.:]{0,60}?(?::|,? at) ?";

/// What follows a meeting without being a decision on the matter: how what begins with it goes on does not count, in lower case.
pub(super) const FOLLOW_ON: [&str; 16] = [
    "tage",
    "indkalde",
    "invitere",
    "drøfte",
    "arbejde videre",
    "følge op",
    "følge ",
    "bede ",
    "orientere",
    "udsætte",
    "genoptage",
    "holde ",
    "afholde ",
    "indhente",
    "iværksætte",
    "undersøge",
];

/// Such a beginning, or a number or letter of a list: `Ad 1-3:`, `Pkt. 2 og 4:`, `Ad a)`, `2)`.
pub(super) const PART_LABEL: &str = r"^(?:(?:ad|at|pkt\.?|punkt) ?(?:\d[\d ,.–-]*(?:og \d+)? ?[:)]|[a-h] ?[:)]|\d{1,2}\.? )|(?:\d{1,2}|[a-h]) ?\)|\d{1,2}\. |(?:første|andet|tredje|fjerde|femte) )\s*(?:at )?";

/// The same inside a sentence.
pub(super) const OF_A_PART: &str = "for så vidt angår p";

/// Who holds a seat.
pub(super) const SEATS: &str =
    r"formand|formænd|medlem|repræsentant|suppleant|stedfortræder|tovholder|kasserer|delegere";

/// What follows these words comments on the decision.
pub(super) const REMARKS: [&str; 8] = [
    " med bemærkning",
    " med kommentar",
    " med opfordring",
    " med den bemærkning",
    " med de bemærkninger",
    " med en bemærkning",
    " med følgende bemærkning",
    " med den kommentar",
];

/// What somebody wants on record, in quotation marks: their words, and no decision.
pub(super) const ON_RECORD: &str =
    r"(?i)(?:bemærkning|tilførsel|udtalelse|erklæring|protokol)\p{L}*\s*:\s*[»“\x22„][^«”\x22]*[«”\x22]";

/// An amendment that fell beside what was adopted: `…, og Venstres ændringsforslag blev forkastet`.
pub(super) const FALLEN_BESIDE: &str = r",? (?:og|idet|mens|hvorefter) (?:\p{L}+ ){0,3}?(?:ændrings|under)forslag\p{L}* (?:\p{L}+ ){0,4}?(?:blev |er |)(?:forkastet|nedstemt|bortfaldet|bortfaldt|faldt|ikke vedtaget)\b";

/// How a line begins and goes on that by itself says how a matter ended.
pub(super) const PLAIN_OUTCOME: &str = concat!(
    r"^(?:(?:indstilling(?:en|erne)?|sagen|punktet|referatet|dagsordenen|orienteringen|emnet|forslaget|ansøgningen|\p{L}*udvalget|\p{L}*rådet|kommunalbestyrelsen)\b[^,]{0,60}?)?",
    r"(?:\bblev |\ber |\btog |^)?[^,]{0,40}?\b(?:godkendte?|tiltrådte?|vedtaget|vedtog|drøftet|drøftede|taget til (?:efterretning|orientering)|udsat|udsatte|udskudt|forkastet|afvist|afslået|imødekommet",
    r"|tog \p{L}+ til (?:efterretning|orientering)|til efterretning|(?:gen)?valgt (?:som|til)|(?:valgte|udpegede) .{1,60} (?:som|til))\b|^anbefales\b",
);

/// A proposal, what somebody told, or what was decided before: no outcome in a wrong place.
pub(super) const NO_PLAIN_OUTCOME: [&str; 9] = [
    "indstiller",
    "indstilles",
    "anbefaler",
    "foreslår",
    "foreslås",
    " har ",
    "tidligere",
    "tages til",
    "orienteret",
];
