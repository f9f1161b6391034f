"""What each figure of agreement is, how it comes about, when it misleads, and who defined it.

Every text fits two lines of a small terminal: at most 160 characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure in plain words."""

    name: str
    what: str
    formula: str
    """In words."""
    misleads: str
    """When it says less, or something else, than it seems to."""
    source: str


_CODE = {
    "alpha": Explanation(
        "Krippendorff's alpha",
        "How far all coders agree on one code beyond chance: 1 is perfect, 0 is what chance gives, below 0 is worse.",
        "1 - observed disagreement / the disagreement there would be if all readings were shuffled over the segments",
        "With a rare code a few slips move it far: read the interval and positive agreement beside it. "
        "Without variation it is undefined, not 1.",
        "Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; 2004, Content Analysis, 2nd ed.",
    ),
    "interval": Explanation(
        "95 % interval of alpha",
        "Limits made so that they hold the true alpha in 95 of 100 such studies, with other transcripts of the kind.",
        "each transcript's pull on alpha, squared and summed, on the scale -log(1 - alpha); t with transcripts - 1 df",
        "It is unsure with fewer than 6 transcripts or 5 uses, and it speaks of these coders only, not of others.",
        "Linearised variance after Gwet 2014, Handbook of Inter-Rater Reliability, with transcripts as clusters",
    ),
    "bootstrap": Explanation(
        "Bootstrap limits",
        "A check of the interval that needs no formula: whole transcripts are drawn again and again.",
        "draw as many transcripts as there are, with replacement, compute alpha, repeat; take the middle 95 %",
        "With few transcripts the draws are too alike and the limits too narrow. A draw without the code has no alpha.",
        "Efron & Tibshirani 1993, An Introduction to the Bootstrap; drawing whole clusters",
    ),
    "percent": Explanation(
        "Percent agreement",
        "The share of segments on which both coders did the same: both gave the code, or neither did.",
        "(both + neither) / segments",
        "Leaving out a rare code is easy to agree on: two people who mark 2 % of segments at random agree on 96 %.",
        "Artstein & Poesio 2008, Computational Linguistics 34:555",
    ),
    "positive": Explanation(
        "Positive agreement",
        "When one coder gave the code, how often the other did too: 0 to 1.",
        "2 x both / (2 x both + only the one + only the other)",
        "Chance is not taken out: with a code on nearly every segment it is high whatever the coders do.",
        "Cicchetti & Feinstein 1990, Journal of Clinical Epidemiology 43:551",
    ),
    "negative": Explanation(
        "Negative agreement",
        "When one coder left the code out, how often the other did too: 0 to 1.",
        "2 x neither / (2 x neither + only the one + only the other)",
        "With a rare code it is near 1 whatever the coders do; then positive agreement is the one to read.",
        "Cicchetti & Feinstein 1990, Journal of Clinical Epidemiology 43:551",
    ),
    "prevalence": Explanation(
        "Prevalence",
        "The share of segments to which each coder gave the code, coder by coder.",
        "segments with the code / segments that both coders read",
        "Equal shares are not agreement: two coders may give a code equally often and never to the same segment.",
        "Byrt, Bishop & Carlin 1993, Journal of Clinical Epidemiology 46:423",
    ),
    "bias_index": Explanation(
        "Bias index",
        "Which coder gives the code more readily: above 0 the first, below 0 the second.",
        "(only the first - only the second) / segments",
        "0 can hide many differences that cancel out. Far from 0 the rule is in question, not the attention.",
        "Byrt, Bishop & Carlin 1993, Journal of Clinical Epidemiology 46:423",
    ),
    "prevalence_index": Explanation(
        "Prevalence index",
        "How lopsided a code is: -1 is never given, 0 is given on about half the segments, 1 is given everywhere.",
        "(both - neither) / segments",
        "It judges nobody. Near -1 or 1 a few slips cost kappa and alpha much, and that is right: little was shown.",
        "Byrt, Bishop & Carlin 1993, Journal of Clinical Epidemiology 46:423",
    ),
    "kappa": Explanation(
        "Cohen's kappa",
        "How far two coders agree beyond chance, when chance is each coder's own habit of giving the code.",
        "(percent - chance) / (1 - chance); chance = both give it by their own shares + both leave it out by them",
        "Coders who use a code unequally often can get a higher kappa than coders who use it alike. Two coders only.",
        "Cohen 1960, Educational and Psychological Measurement 20:37; Krippendorff 2004, p. 246",
    ),
    "pi": Explanation(
        "Scott's pi",
        "How far two coders agree beyond chance, when chance is the habit of both taken together.",
        "(percent - chance) / (1 - chance); chance = mean share squared + (1 - mean share) squared",
        "In small samples it is a little lower than alpha, which adds (1 - pi) / (2 x segments). Two coders only.",
        "Scott 1955, Public Opinion Quarterly 19:321",
    ),
    "pabak": Explanation(
        "PABAK (Brennan & Prediger)",
        "Percent agreement on a scale from -1 to 1, with chance fixed at one half.",
        "2 x percent - 1",
        "It takes a code to be as likely as not: two people who mark 2 % of segments at random reach .92.",
        "Brennan & Prediger 1981, Educ. Psychol. Meas. 41:687; Byrt, Bishop & Carlin 1993, J Clin Epidemiol 46:423",
    ),
    "ac1": Explanation(
        "Gwet's AC1",
        "Agreement beyond chance, when chance shrinks as a code gets rare or common.",
        "(percent - chance) / (1 - chance); chance = 2 x mean share x (1 - mean share)",
        "It can not tell a useless rare code from a good one: two people who mark 2 % at random reach .96.",
        "Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29",
    ),
}

_SETS = {
    "masi": Explanation(
        "Alpha over code sets, MASI",
        "How far the whole sets of codes on a segment agree beyond chance; a near miss counts in part.",
        "alpha with distance 1 - Jaccard x m; m = 1 if equal, 2/3 if one holds the other, 1/3 if they overlap, else 0",
        "Frequent codes and empty segments carry it, and a bad rare code does not show: read the codes one by one too.",
        "Passonneau 2006, LREC; Artstein & Poesio 2008, Computational Linguistics 34:555",
    ),
    "jaccard": Explanation(
        "Alpha over code sets, Jaccard",
        "How far the sets of codes on a segment agree beyond chance, by the share of their codes that both have.",
        "alpha with distance 1 - codes that both gave / codes that either gave",
        "It is milder than MASI, so the two can not be compared: say which one was used.",
        "Passonneau 2004, LREC; Artstein & Poesio 2008, Computational Linguistics 34:555",
    ),
    "dice": Explanation(
        "Alpha over code sets, Dice",
        "How far the sets of codes on a segment agree beyond chance, with shared codes counted twice.",
        "alpha with distance 1 - 2 x codes that both gave / codes of the one + codes of the other",
        "It is the mildest of the three distances, so say which one was used.",
        "Dice 1945, Ecology 26:297; Artstein & Poesio 2008, Computational Linguistics 34:555",
    ),
    "multi-valued": Explanation(
        "Multi-valued alpha",
        "Agreement of sets of codes, with no credit for sharing a code merely because it is popular.",
        "1 - observed / expected Dice-like distance; expected: sets of the sizes seen, drawn by how often codes occur",
        "Its chance differs from that of MASI, Jaccard and Dice, so its value can not be compared with theirs.",
        "Krippendorff & Craggs 2016, Communication Methods and Measures 10:181",
    ),
    "kupper_hafner": Explanation(
        "Kupper & Hafner's coefficient",
        "Agreement of two coders' sets of codes as older studies report it.",
        "(mean of shared codes / larger set - chance) / (1 - chance); chance = sum of smaller sets / segments / codes",
        "It takes all codes of the codebook to be equally likely, and is undefined where both left a segment empty.",
        "Kupper & Hafner 1989, Biometrics 45:957",
    ),
}

_OVERALL = {
    "pooled": Explanation(
        "Pooled kappa",
        "One kappa for all codes: agreement and chance are averaged over the codes before they are compared.",
        "(mean percent - mean chance) / (1 - mean chance), with Cohen's chance of each code",
        "Many easy codes can hide one that fails: read the minimum and the codes beside it.",
        "de Vries, Elliott, Kanouse & Teleki 2008, Field Methods 20:272",
    ),
    "mean": Explanation(
        "Mean alpha",
        "The plain mean of the codes' alphas.",
        "sum of alphas / number of codes that have one",
        "A code used five times weighs as much as one used five hundred; codes without variation are not in it.",
        "An arithmetic mean, with no source of its own",
    ),
    "minimum": Explanation(
        "Minimum alpha",
        "The alpha of the code on which coders agree least.",
        "the lowest alpha among the codes that have one",
        "Among many rare codes one is low by bad luck alone: look at its interval before its definition.",
        "Krippendorff 2004, Content Analysis, 2nd ed.: the weakest variable used limits the conclusions",
    ),
}

_UNITIZING = "Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50:2347"

_SPANS = {
    "u": Explanation(
        "u-alpha",
        "How far coders agree beyond chance when they mark stretches freely: on where they are and on their codes.",
        "1 - length on which coders differ / length on which they would if units and gaps fell at random",
        "It does not see splitting: one unit against seven pieces of it scored .42. Show boundary similarity too.",
        _UNITIZING,
    ),
    "binary": Explanation(
        "|u-alpha",
        "Did coders find the same text worth coding? The codes themselves are not looked at.",
        "u-alpha with only two values: marked, and gap",
        "It stays high when coders mark the same text and disagree on every code: read cu-alpha beside it.",
        _UNITIZING,
    ),
    "coding": Explanation(
        "cu-alpha",
        "Where coders marked the same text, did they give it the same code?",
        "1 - observed / expected length with differing codes, in overlaps of marked stretches only",
        "It is silent on all text that only one coder marked: read |u-alpha beside it.",
        _UNITIZING,
    ),
    "ku": Explanation(
        "(k)u-alpha",
        "The same for one code: where text with this code met other marked text, was it the same code?",
        "1 - observed / expected length on which this code met another code",
        "It rests on the text that met any other marking, which may be little: never read it without its coverage.",
        _UNITIZING,
    ),
    "coverage": Explanation(
        "Coverage",
        "How much of a code's text the (k)u-alpha rests on: 0 to 1.",
        "length of the code's text that met any marked text of another coder / length of all the code's text",
        "It is not agreement: text that met another code counts as covered.",
        _UNITIZING,
    ),
    "boundary": Explanation(
        "Boundary similarity",
        "How far coders set the same boundaries: 1 is the same, 0 is none in common.",
        "1 - edits / boundaries compared; a boundary only one has counts 1, a near miss counts in part",
        "Chance is not taken out, codes are not looked at, and it depends on how far off still counts as near.",
        "Fournier 2013, Proceedings of ACL 51:1702",
    ),
    "gamma": Explanation(
        "Gamma",
        "Agreement of freely marked, also overlapping, stretches after the best possible matching of them.",
        "1 - cost of the best matching / mean cost of matchings of randomised texts",
        "Weights, sampler and seed move it: the same 16 units gave .42 and .45. Publish all three with it.",
        "Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41:437",
    ),
    "qualcoder": Explanation(
        "QualCoder's figure",
        "What QualCoder prints as kappa. It is not Cohen's, and is shown for people who move over.",
        "(p - c) / (1 - c) over marked characters only; p = marked by both, c = chance of both x chance of neither",
        "Cohen adds the two chances and counts unmarked text: one case is .21 here, .32 there; pure chance gave .30.",
        "QualCoder, report_compare_coder_file.py; compare Cohen 1960, Educ. Psychol. Meas. 20:37",
    ),
}

EXPLANATIONS: Mapping[str, Explanation] = {**_CODE, **_SETS, **_OVERALL, **_SPANS}
"""Figures by the names of their fields (`alpha`, `bias_index`, `ku`) or, for code sets, by their distance."""
