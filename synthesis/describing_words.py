"""What the methods are called in a sentence, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable

TAU2_WORDS = {
    "REML": "restricted maximum likelihood",
    "ML": "maximum likelihood",
    "DL": "the DerSimonian-Laird moment estimator",
    "PM": "the Paule-Mandel estimator",
    "PMM": "the median-unbiased Paule-Mandel estimator",
    "EB": "the empirical Bayes estimator",
    "SJ": "the Sidik-Jonkman estimator",
    "HE": "Hedges' unweighted moment estimator",
    "HS": "the Hunter-Schmidt estimator",
    "HSk": "the Hunter-Schmidt estimator with small-sample correction",
    "DL2": "the two-step DerSimonian-Laird estimator",
    "CA2": "the two-step Cochran-ANOVA estimator",
    "DLIT": "the iterated DerSimonian-Laird estimator",
    "SJIT": "the iterated Sidik-Jonkman estimator",
    "GENQ": "the generalised Q moment estimator",
    "GENQM": "the median-unbiased generalised Q estimator",
    "given": "a value given beforehand",
}
MODEL_WORDS = {
    "random-effects": "by inverse variance under a random-effects model",
    "common-effect": "by inverse variance under a common-effect model",
    "mantel-haenszel": "by the method of Mantel and Haenszel, under a common-effect model",
    "peto": "by Peto's one-step method, under a common-effect model",
}
INTERVAL_WORDS = {
    "HKSJ-wider": "the wider of the Hartung-Knapp-Sidik-Jonkman and Wald intervals",
    "HKSJ": "the Hartung-Knapp-Sidik-Jonkman interval",
    "HKSJ-floor": "the Hartung-Knapp-Sidik-Jonkman interval with its variance factor not below 1",
    "HKSJ-IQWiG": "the Hartung-Knapp-Sidik-Jonkman interval, its factor set to 1 where it is narrower than "
    "the DerSimonian-Laird interval",
    "Wald": "the Wald interval",
    "t": "a t interval on k - 1 degrees of freedom",
    "KR": "the Kenward-Roger interval",
    "Henmi-Copas": "the Henmi-Copas interval",
    "profile-likelihood": "the profile likelihood interval",
    "permutation": "the interval of a sign-flip permutation test",
    "bootstrap": "a studentised parametric bootstrap interval",
}
_LARGER = "the larger of the Wald and Hartung-Knapp standard errors"
PREDICTION_WORDS = {
    "t(k-1)": f"t on k - 1 degrees of freedom and {_LARGER}",
    "t(k-2)": f"t on k - 2 degrees of freedom and {_LARGER}",
    "t(k-1)-own": "t on k - 1 degrees of freedom and the standard error of the interval",
    "t(k-2)-own": "t on k - 2 degrees of freedom and the standard error of the interval",
    "as-interval": "the quantile and standard error of the interval",
    "tau-only": "the normal distribution, without the uncertainty of the mean",
    "HTS": "t on k - 2 degrees of freedom and the Wald standard error",
    "HTS(k-1)": "t on k - 1 degrees of freedom and the Wald standard error",
    "HK": "t on k - 1 degrees of freedom and the Hartung-Knapp standard error",
    "HK(k-2)": "t on k - 2 degrees of freedom and the Hartung-Knapp standard error",
    "KR": "t on the Kenward-Roger degrees of freedom and standard error",
    "KR(df-1)": "t on one less than the Kenward-Roger degrees of freedom and their standard error",
    "normal": "the normal distribution and the Wald standard error",
    "bootstrap": "the parametric bootstrap of its confidence distribution",
}
TAU2_INTERVAL_WORDS = {
    "Q-profile": "the Q-profile method",
    "BJ": "the generalised Q method with weights 1 / v",
    "J": "the generalised Q method with weights 1 / sqrt(v)",
    "PL": "the profile of the restricted likelihood",
    "PL-ML": "the profile of the likelihood",
    "test-based": "the test-based method by way of H",
}
_HARTUNG_KNAPP = "Hartung J, Knapp G. Stat Med 2001;20:3875-89"
_HIGGINS = "Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137-59"
_RILEY = "Partlett C, Riley RD. Stat Med 2017;36:301-17"
_KACKER = "DerSimonian R, Kacker R. Contemp Clin Trials 2007;28:105-14"
_VIECHTBAUER = "Viechtbauer W. J Educ Behav Stat 2005;30:261-93"
_REFERENCES = {
    "tau2": {
        "REML": _VIECHTBAUER,
        "ML": _VIECHTBAUER,
        "DL": "DerSimonian R, Laird N. Control Clin Trials 1986;7:177-88",
        "PM": "Paule RC, Mandel J. J Res Natl Bur Stand 1982;87:377-85",
        "PMM": "Viechtbauer W. Median-unbiased estimators for the amount of heterogeneity, 2021",
        "EB": "Morris CN. J Am Stat Assoc 1983;78:47-55",
        "SJ": "Sidik K, Jonkman JN. Appl Stat 2005;54:367-84",
        "HE": "Hedges LV. J Educ Stat 1983;8:363-75",
        "HS": "Hunter JE, Schmidt FL. Methods of meta-analysis, 1990",
        "HSk": "Brannick MT et al. J Appl Psychol 2019;104:1404-25",
        "DL2": _KACKER,
        "CA2": _KACKER,
        "DLIT": _KACKER,
        "SJIT": "Sidik K, Jonkman JN. Stat Med 2007;26:1964-81",
        "GENQ": _KACKER,
        "GENQM": "Jackson D. Res Synth Methods 2013;4:220-9",
    },
    "interval": {
        "HKSJ-wider": f"{_HARTUNG_KNAPP}; Jackson D et al. Stat Med 2017;36:3923-34",
        "HKSJ": _HARTUNG_KNAPP,
        "HKSJ-floor": "Knapp G, Hartung J. Stat Med 2003;22:2693-710",
        "HKSJ-IQWiG": "IQWiG. General methods 6.1, 2022",
        "KR": _RILEY,
        "Henmi-Copas": "Henmi M, Copas JB. Stat Med 2010;29:2969-83",
        "profile-likelihood": "Hardy RJ, Thompson SG. Stat Med 1996;15:619-29",
        "permutation": "Follmann DA, Proschan MA. Biometrics 1999;55:732-7",
        "bootstrap": "Turner RM et al. Stat Med 2000;19:3417-32",
    },
    "tau2 interval": {
        "Q-profile": "Viechtbauer W. Stat Med 2007;26:37-52",
        "BJ": "Biggerstaff BJ, Jackson D. Stat Med 2008;27:6093-110",
        "J": "Jackson D. Res Synth Methods 2013;4:220-9",
        "PL": "Hardy RJ, Thompson SG. Stat Med 1996;15:619-29",
        "PL-ML": "Hardy RJ, Thompson SG. Stat Med 1996;15:619-29",
        "test-based": "Higgins JPT, Thompson SG. Stat Med 2002;21:1539-58",
    },
    "prediction": {
        "KR": _RILEY,
        "KR(df-1)": _RILEY,
        "HK": _RILEY,
        "HK(k-2)": _RILEY,
        "bootstrap": "Nagashima K, Noma H, Furukawa TA. Stat Methods Med Res 2019;28:1689-702",
    },
}
_DEFAULTS = {"prediction": _HIGGINS}


def references(chosen: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The papers behind choices of ("tau2" | "interval" | "tau2 interval" | "prediction", key), each once."""
    found: list[str] = []
    for kind, key in chosen:
        text = _REFERENCES[kind].get(key, _DEFAULTS.get(kind, ""))
        found += [one for one in text.split("; ") if one and one not in found]
    return tuple(found)
